import type { Finding, RefusalFacts } from '../kernel/index.ts'
import type { TextBlock } from './text-block.ts'

/** The keys of the ways out, as plans name them. */
export const CHANNELS = [
  'portal',
  'press',
  'social',
  'bulletin',
  'loudspeaker',
  'sms',
  'board',
  'notice_board',
  'poster',
  'leaflet',
  'folder',
  'panel',
  'picture',
  'banner',
  'mobile_team',
  'talk',
  'event',
  'webhook',
  'other',
] as const
export type ChannelKey = (typeof CHANNELS)[number]

/** The master of a message as a channel sees it: facts by value, the body in blocks. */
export interface MasterText {
  readonly kind: MessageKind
  /** BCP 47. */
  readonly language: string
  readonly title: string
  readonly lead: string
  readonly body: readonly TextBlock[]
  readonly callToAction: string
  /** Hotlines the message refers to, in their order. */
  readonly hotlines: readonly { readonly name: string; readonly number: string }[]
  /** The body that answers for the message, by its official name. */
  readonly author: string
  /** Last day on which the message holds, `YYYY-MM-DD`; null while it has no end. */
  readonly validUntil: string | null
}

export const MESSAGE_KINDS = [
  'news',
  'notice',
  'slogan',
  'question',
  'story',
  'commendation',
  'script',
  'press_material',
] as const
export type MessageKind = (typeof MESSAGE_KINDS)[number]

/** The words of a rendition, field by field: `fields` of its channel names them. Every value is NFC. */
export type RenditionText = Readonly<Record<string, string>>

export interface RenditionField {
  readonly name: string
  /** `line` holds no line break; `markup` is what `readMarkup` reads; `text` is plain with line breaks. */
  readonly shape: 'line' | 'text' | 'markup'
  readonly required: boolean
  /** Characters at most; null when only the budget of the whole counts. */
  readonly most: number | null
}

/** A number a person weighs before approving: parts, seconds, cost. */
export interface Measure {
  /** Worded under `measure_<code>`. */
  readonly code: string
  readonly value: number
  readonly unit: 'characters' | 'parts' | 'seconds' | 'words' | 'dong'
  /** What it must not exceed; null without a limit. */
  readonly limit: number | null
  readonly facts: RefusalFacts
}

/** What a channel knows of words: no sending, no data, no clock; the same text gives the same answer. */
export interface ChannelRules {
  readonly key: ChannelKey
  readonly fields: readonly RenditionField[]
  /** True where people hear it: an oral-first language takes the recording as the master. */
  readonly heard: boolean
  /** True where it stays up until somebody takes it down: what is over comes down there. */
  readonly stays: boolean
  /** The default rendition in the language of the master. */
  compose(master: MasterText): RenditionText
  /** What the rules of this way out find in a rendition, whoever wrote it; never of facts, names or approval. */
  check(text: RenditionText, language: string): Finding[]
  measure(text: RenditionText, language: string): Measure[]
}
