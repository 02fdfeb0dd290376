import * as v from 'valibot'
import { DaySchema, tidy, type Day } from '../kernel/index.ts'

/**
 * The kinds of official documents Loa writes, by the abbreviation of decree 30/2020/NĐ-CP, annex III part I; an official
 * letter (công văn) has none and no name on the page.
 */
export const DOCUMENT_TYPES = {
  report: { name: 'Báo cáo', code: 'BC' },
  plan: { name: 'Kế hoạch', code: 'KH' },
  request: { name: 'Tờ trình', code: 'TTr' },
  notice: { name: 'Thông báo', code: 'TB' },
  letter: { name: 'Công văn', code: null },
} as const satisfies Record<string, { readonly name: string; readonly code: string | null }>
export type DocumentType = keyof typeof DOCUMENT_TYPES
export const DOCUMENT_TYPE_KEYS = Object.keys(DOCUMENT_TYPES) as DocumentType[] // the keys of that very table

/** `TM.` for a collective, `Q.` acting head, `KT.` deputy for the head, `TL.` by order, `TUQ.` by delegation (annex I, part I, II.7). */
export const AUTHORITY_PREFIXES = ['TM.', 'Q.', 'KT.', 'TL.', 'TUQ.'] as const

const text = (most: number, least = 0) => v.pipe(v.string(), v.transform(tidy), v.minLength(least), v.maxLength(most))
const Words = text(20_000, 1)

const Column = v.object({
  title: text(300),
  /** Part of the width that it takes beside the others. */
  share: v.optional(v.pipe(v.number(), v.minValue(0.1), v.maxValue(100)), 1),
  align: v.optional(v.picklist(['left', 'center', 'right']), 'left'),
})

/** A piece of the text, without its number: numbers follow from the order (annex I, part I, II.6đ, variant b). */
const Block = v.variant('kind', [
  /** Căn cứ: what the document stands on. */
  v.object({ kind: v.literal('basis'), text: Words }),
  /** Phần: `Phần I` with its title. */
  v.object({ kind: v.literal('part'), text: Words }),
  /** Mục: `I. TITLE`. */
  v.object({ kind: v.literal('section'), text: Words }),
  /** Khoản with a title of its own: `1. Title`, bold. */
  v.object({ kind: v.literal('heading'), text: Words }),
  /** Khoản without one: `1. Words.` */
  v.object({ kind: v.literal('clause'), text: Words }),
  /** Điểm: `a) Words`. */
  v.object({ kind: v.literal('point'), text: Words }),
  v.object({ kind: v.literal('dash'), text: Words }),
  v.object({ kind: v.literal('plus'), text: Words }),
  v.object({ kind: v.literal('paragraph'), text: Words }),
  v.object({
    kind: v.literal('table'),
    columns: v.pipe(v.array(Column), v.minLength(1), v.maxLength(12)),
    rows: v.pipe(v.array(v.pipe(v.array(text(5_000)), v.maxLength(12))), v.maxLength(20_000)),
    /** The last row adds the others up, and stands in bold. */
    total: v.optional(v.boolean(), false),
  }),
  /** A photograph by its content hash, with its caption; numbered `Ảnh 01` through the text that it stands in. */
  v.object({
    kind: v.literal('picture'),
    sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    caption: text(500, 1),
    /** What is to be seen, for who does not see it. */
    alternative: text(500, 1),
  }),
])
export type Block = v.InferOutput<typeof Block>

const Annex = v.object({ title: text(500), body: v.pipe(v.array(Block), v.minLength(1), v.maxLength(5_000)) })

const Signature = v.object({
  authority: v.optional(
    v.pipe(v.array(v.object({ prefix: v.picklist(AUTHORITY_PREFIXES), of: text(200, 1) })), v.maxLength(3)),
    [],
  ),
  /** Official position of who signs; empty where the authority says it, as with `Q. GIÁM ĐỐC`. */
  position: text(200),
  /** Chức vụ khác: of a steering committee's signer, the post in the body they come from; above the name (II.7đ, block 7b). */
  otherPosition: v.optional(text(200)),
  /** Empty in a draft whose signer is not known yet. */
  name: text(50),
})

export const URGENCIES = { urgent: 'KHẨN', very_urgent: 'THƯỢNG KHẨN', express: 'HOẢ TỐC' } as const
export type Urgency = keyof typeof URGENCIES

/** What a document says: all that its writer answers for; number, day and letterhead come from the register. */
export const PaperContent = v.object({
  /** Trích yếu: one phrase without a full stop. */
  subject: text(500, 1),
  /** Kính gửi: who has to act; of a letter, a request, or a report to a higher body. */
  addressees: v.optional(v.pipe(v.array(text(300, 1)), v.maxLength(50)), []),
  body: v.pipe(v.array(Block), v.minLength(1), v.maxLength(20_000)),
  annexes: v.optional(v.pipe(v.array(Annex), v.maxLength(40)), []),
  signature: Signature,
  /** Nơi nhận, without `Như trên` and `Lưu`, which follow by rule. */
  receivers: v.optional(v.pipe(v.array(text(300, 1)), v.maxLength(50)), []),
  /** Abbreviation of the unit that wrote it, after `Lưu: VT,`. */
  unit: v.optional(text(50), ''),
  urgency: v.optional(v.nullable(v.picklist(['urgent', 'very_urgent', 'express'])), null),
  /** Chỉ dẫn về phạm vi lưu hành, as `LƯU HÀNH NỘI BỘ`. */
  circulation: v.optional(text(40), ''),
  /** Mark of who wrote it and how many copies, as `PL.(300)`. */
  copies: v.optional(text(30), ''),
  /** Address, mail, phone: at the foot of the first page. */
  contact: v.optional(text(400), ''),
  dueOn: v.optional(v.nullable(DaySchema), null),
})
export type PaperContent = v.InferOutput<typeof PaperContent>

/** What stands above every document of a body. */
export interface Letterhead {
  /** Cơ quan chủ quản, abbreviated as is usual; null for a body that has none above it on paper. */
  readonly superior: string | null
  readonly issuer: string
  /** Abbreviation of the body in the symbol of its documents. */
  readonly abbreviation: string
  /** Địa danh before the day. */
  readonly place: string
}

/** One official document as it is set on paper: what PDF and DOCX are both made from. */
export interface Paper extends PaperContent, Letterhead {
  readonly type: DocumentType
  /** Null while no number is taken. */
  readonly number: number | null
  /** Null while it is not issued. */
  readonly issuedOn: Day | null
  /** On paper an annex names its document; an electronic one leaves number and day open (annex I, part I, III.1c). */
  readonly form: 'electronic' | 'paper'
  /** Day that stands in the properties of the file: the same for the same document, whenever it is made. */
  readonly madeOn: Day
}
