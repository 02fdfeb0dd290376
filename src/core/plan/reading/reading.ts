/**
 * What the reader says a signed plan says: plain data, the object that `loa plan read --json` prints.
 * Days are ISO (`2023-07-12`), a text that is silent is `null`, and a span is `[start, end)` in UTF-16 code
 * units of `Reading.text` (the NFC text the reader worked on), so that a page can show where each thing stands.
 */
export interface Reading {
  /** The text the spans point into: NFC, line ends as LF, nothing else changed. */
  readonly text: string
  readonly document: DocumentHead
  readonly legalBases: readonly LegalBasis[]
  readonly clauses: readonly Clause[]
  readonly periods: readonly PeriodFound[]
  readonly themes: readonly ThemeFound[]
  readonly slogans: readonly SloganFound[]
  readonly hotlines: readonly HotlineFound[]
  readonly audiences: readonly AudienceFound[]
  readonly targets: readonly TargetFound[]
  readonly channels: readonly ChannelFound[]
  readonly duties: readonly Duty[]
  readonly warnings: readonly Warning[]
}

export type Span = readonly [start: number, end: number]

/** How sure the reader is, from 0 to 1. At 0.8 and more a page shows no doubt. */
export type Confidence = number

/** Every extracted thing says where it stands and how sure the reader is of it. */
export interface Found {
  readonly span: Span
  readonly confidence: Confidence
}

export interface DocumentHead {
  /** `Kế hoạch`, `Quyết định`, `Chỉ thị`, `Thông báo`, `Công văn` … as Decree 30/2020, annex III names it. */
  readonly type: string | null
  /** `74`; null where the text leaves it empty (`Số:   /KH-UBND`). */
  readonly number: string | null
  /** `KH-STTTT`, `KH/TU`. */
  readonly symbol: string | null
  /** `74/KH-STTTT`, `393-KH/TU`; null without a number. */
  readonly notation: string | null
  readonly issuer: string | null
  readonly place: string | null
  readonly issuedOn: string | null
  readonly title: string | null
  readonly signatory: {
    readonly authority: string | null
    readonly position: string | null
    readonly name: string | null
  } | null
  readonly recipients: readonly string[]
  /** Where each of the above stands; absent for what is null. */
  readonly spans: Partial<
    Record<'type' | 'notation' | 'issuer' | 'place' | 'issuedOn' | 'title' | 'signatory' | 'recipients', Span>
  >
}

export interface LegalBasis extends Found {
  readonly type: string | null
  /** `13-KL/TW`, `193/QĐ-TTg`; null for a law cited by its name alone. */
  readonly notation: string | null
  readonly issuedOn: string | null
  readonly issuer: string | null
  readonly title: string | null
  /** By the dated facts, on the day asked for; null where no fact is known. */
  readonly inForce: boolean | null
}

export interface Clause {
  /** Markers from the top: `['II', '1', '-']`. */
  readonly path: readonly string[]
  /** As printed, without its punctuation: `I`, `2.1`, `a`, `-`, `Điều 2`, `Phần thứ nhất`; '' for an unmarked paragraph. */
  readonly marker: string
  readonly heading: string | null
  /** The clause's own words, without its children and without its heading. */
  readonly text: string
  /** From the marker to the end of the last child. */
  readonly span: Span
  readonly children: readonly Clause[]
}

export type PeriodKind = 'campaign' | 'peak' | 'day'

export interface PeriodFound extends Found {
  readonly kind: PeriodKind
  readonly from: string | null
  readonly to: string | null
  /** `hằng tháng`, `định kỳ quý`, `02 chương trình/tuần`; null for a plain interval. */
  readonly rhythm: string | null
}

export interface ThemeFound extends Found {
  /** Path of its clause joined by dots, as `II.1`. */
  readonly clause: string
  readonly text: string
}

export interface SloganFound extends Found {
  readonly text: string
}

export interface HotlineFound extends Found {
  readonly name: string
  /** Digits only. */
  readonly number: string
}

export type AudienceKind = 'age' | 'sex' | 'ethnic' | 'area' | 'occupation' | 'risk' | 'everyone'

export interface AudienceFound extends Found {
  readonly text: string
  readonly kind: AudienceKind
}

export interface TargetFound extends Found {
  readonly text: string
  readonly value: number
  /** Upper end of a range as in `01-02 chương trình/tuần`. */
  readonly valueTo: number | null
  readonly unit: string
}

export const CHANNELS = [
  'press',
  'portal',
  'social',
  'bulletin',
  'loudspeaker',
  'board',
  'notice_board',
  'panel',
  'poster',
  'picture',
  'leaflet',
  'folder',
  'banner',
  'sms',
  'mobile_team',
  'event',
  'talk',
  'other',
] as const
export type ChannelName = (typeof CHANNELS)[number]

export interface ChannelFound extends Found {
  readonly channel: ChannelName
  readonly clause: string
}

export interface Assignee {
  /** As written, without `Đề nghị`, `Mời`, `Giao`. */
  readonly name: string
  /** True where the words name a class of bodies, each for itself. */
  readonly group: boolean
  /** Codes of the bodies meant, as they stood on the day of the document; empty where the register knows none. */
  readonly organisations: readonly string[]
}

export type DutyRole = 'lead' | 'coordinate' | 'all'
/** Ordered by a superior, or asked of a body that takes no orders from the issuer (`đề nghị`, `mời`). */
export type DutyMode = 'ordered' | 'asked'

export interface Duty extends Found {
  /** Markers of the clause joined by dots, bullets not counted: `III.4`, `Điều 2.1`, '' where the document has none. */
  readonly clause: string
  readonly assignees: readonly Assignee[]
  readonly role: DutyRole
  readonly mode: DutyMode
  /** The words of the duty as they stand in the text. */
  readonly text: string
  /** What is to be produced: `kế hoạch`, `báo cáo`, `tin, bài` … */
  readonly outputs: readonly string[]
  readonly channels: readonly ChannelName[]
  readonly deadline: Deadline | null
  readonly rhythm: string | null
  /** The body that the assignee is told to direct (`Chỉ đạo Phòng Văn hóa Thông tin …`). */
  readonly directs: readonly Assignee[]
}

export interface Deadline {
  /** The words of the text. */
  readonly text: string
  readonly from: string | null
  readonly to: string | null
}

export interface Warning {
  /** `law.ended`, `law.replaced`, `organisation.ended`, `organisation.unknown`, `number.missing`, `hotline.unverified` … */
  readonly code: string
  readonly span: Span
  /** What the wording needs to say it: the law's successor, the day it ended. */
  readonly facts: Readonly<Record<string, string>>
}

/** What the reader may look up; plain data, so that it reads the same with a database or without. */
export interface Register {
  readonly organisations: readonly RegisteredOrganisation[]
  readonly laws: readonly RegisteredLaw[]
  readonly hotlines: readonly RegisteredHotline[]
}

export interface RegisteredOrganisation {
  readonly code: string
  readonly name: string
  /** Other ways to write it: `Sở TTTT`, `UBND huyện Bát Xát`. */
  readonly aliases: readonly string[]
  readonly kind: string
  /** Level of the place it acts in. */
  readonly level: 'national' | 'province' | 'district' | 'commune'
  readonly parent: string | null
  readonly place: string
  /** First and last day it existed; null is open. */
  readonly from: string | null
  readonly to: string | null
  readonly successors: readonly string[]
}

export interface RegisteredLaw {
  readonly notation: string | null
  readonly title: string
  readonly issuedOn: string | null
  readonly from: string | null
  readonly to: string | null
  /** Notation or title of what took its place. */
  readonly replacedBy: string | null
}

export interface RegisteredHotline {
  readonly name: string
  readonly number: string
  readonly from: string | null
  readonly to: string | null
  readonly verifiedOn: string | null
}

export interface ReadOptions {
  readonly register: Register
  /** The day on which `inForce` and warnings are answered. Defaults to the day the document was issued for resolving names. */
  readonly today: string
  readonly signal?: AbortSignal
}
