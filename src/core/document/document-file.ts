import { dayAt, type Ctx } from '../kernel/index.ts'
import { insertMadeFile, madeFile } from './document.store.ts'
import type { OfficialDocument } from './document.ts'
import { dayInWords, symbolOf, twoDigits } from './head-words.ts'
import { layOut, picturesIn } from './lay-out.ts'
import { letterheadOf } from './letterhead.ts'
import { paperMaker, type Pictures } from './paper-maker.ts'
import { DOCUMENT_TYPES, type Paper, type PaperContent } from './paper.ts'

export type DocumentForm = 'pdf' | 'docx'

export const DOCUMENT_MIMES = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const satisfies Record<DocumentForm, string>

/**
 * The document as a file: made when first asked for, and then the kept bytes. A draft is made anew after each change, and
 * on another day, since its letterhead may be another.
 */
export async function documentFile(ctx: Ctx, document: OfficialDocument, form: DocumentForm): Promise<Uint8Array> {
  const standing = document.letterhead !== null
  const kept = standing ? await madeFile(ctx.db, document.id, document.revision, form) : null
  if (kept !== null && (await ctx.files.has(kept))) return ctx.files.get(kept)
  const paper = await paperOf(ctx, document)
  const bytes = await paperMaker()[form](layOut(paper), await picturesOf(ctx, paper))
  if (standing) {
    const sha256 = await ctx.files.put(bytes)
    const { id: documentId, revision } = document
    await insertMadeFile(ctx.db, { documentId, revision, form, sha256, madeAt: ctx.clock.now() })
  }
  return bytes
}

/**
 * The pages of a document as one SVG, as it stands or with other words than it has; never kept.
 *
 * @throws Refusal `document.letters_missing`
 */
export async function documentPicture(
  ctx: Ctx,
  document: Pick<OfficialDocument, 'organisationId' | 'type'> & Partial<OfficialDocument>,
  content: PaperContent,
): Promise<Uint8Array> {
  const nothingYet = { number: null, issuedOn: null, letterhead: null, createdAt: ctx.clock.now() }
  const paper = await paperOf(ctx, { ...nothingYet, ...document, content })
  return paperMaker().svg(layOut(paper), await picturesOf(ctx, paper))
}

async function picturesOf(ctx: Ctx, paper: Paper): Promise<Pictures> {
  const pairs = await Promise.all(picturesIn(paper).map(async (sha256) => [sha256, await ctx.files.get(sha256)]))
  return Object.fromEntries(pairs) as Record<string, Uint8Array> // as just paired
}

/** The document with its letterhead, number and day, as it is set on paper. */
export async function paperOf(ctx: Ctx, document: OnPaper): Promise<Paper> {
  const { content, type, number, issuedOn, createdAt } = document
  const letterhead = document.letterhead ?? (await letterheadOf(ctx, document.organisationId))
  return { ...content, ...letterhead, type, number, issuedOn, form: 'electronic', madeOn: issuedOn ?? dayAt(createdAt) }
}

type OnPaper = Pick<
  OfficialDocument,
  'organisationId' | 'type' | 'content' | 'letterhead' | 'number' | 'issuedOn' | 'createdAt'
>

/** `Tờ trình số 41/TTr-SVHTTDL ngày 07 tháng 02 năm 2026`: as other documents cite it; null while it has no number. */
export function documentName({ type, content, letterhead, number, numberElsewhere, issuedOn }: OfficialDocument) {
  const symbol = symbolOf(type, letterhead?.abbreviation ?? '', content.unit)
  const which = numberElsewhere ?? (number === null ? null : `${twoDigits(number)}/${symbol}`)
  return which === null ? null : `${DOCUMENT_TYPES[type].name} số ${which} ${dayInWords(issuedOn)}`
}

/** `05 report Kết quả ….pdf`: its number, its type and its first words, which tell files apart in a folder. */
export function fileNameOf(
  { type, content, number, numberElsewhere }: OfficialDocument,
  form: DocumentForm | 'xml',
): string {
  const words = content.subject
    .split(' ')
    .slice(0, 8)
    .join(' ')
    .replace(/[/\\:*?"<>|]/g, '-')
  const numbered = numberElsewhere ?? (number === null ? null : String(number).padStart(2, '0'))
  return `${[numbered?.replaceAll('/', '-'), type, words].filter(Boolean).join(' ')}.${form}`
}
