import * as v from 'valibot'
import { actingPerson, action, dayAt, DaySchema, newId, Refusal, tidy, type Ctx, type Id } from '../kernel/index.ts'
import { sniffMedia } from '../media/index.ts'
import { insertSignedCopy, updateDocument } from './document.store.ts'
import { aboutDocument, documentToChange, OneDocument, WRITERS, within } from './draft-document.ts'

/** A scan of 200 dpi in colour, as decree 30/2020 asks, is below it by far. */
const LARGEST_BYTES = 50_000_000
const SIGNED_MIMES: readonly string[] = ['application/pdf', 'image/jpeg', 'image/png']

/** A kept paper as its bytes say it is. */
export interface KeptPaper {
  readonly sha256: string
  readonly fileName: string
  readonly mime: string
  readonly bytes: number
}
/** The same as the input of an action. */
export const KeptPaperSchema = v.object({
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  fileName: v.pipe(v.string(), v.transform(tidy), v.minLength(1), v.maxLength(300)),
  mime: v.picklist(SIGNED_MIMES),
  bytes: v.pipe(v.number(), v.minValue(1)),
})

/** Keeps a signed or stamped paper that came in: PDF or the picture of a page. @throws Refusal `document.no_paper`, `document.paper_too_large` */
export async function takePaper(ctx: Ctx, bytes: Uint8Array, fileName: string): Promise<KeptPaper> {
  const sniffed = sniffMedia(bytes)
  if (!sniffed || !SIGNED_MIMES.includes(sniffed.mime)) throw new Refusal('document.no_paper', {}, 'file')
  if (bytes.length > LARGEST_BYTES) {
    throw new Refusal('document.paper_too_large', { megabytes: LARGEST_BYTES / 1e6 }, 'file')
  }
  return { sha256: await ctx.files.put(bytes), fileName, mime: sniffed.mime, bytes: bytes.length }
}

/** Keeps an issued document as it came back signed; a better copy later is kept beside it. */
export const keepSignedCopy = action('document.keep_signed', {
  input: v.object({ ...OneDocument.entries, file: KeptPaperSchema }),
  may: { who: 'roles', roles: WRITERS, within },
  records: ({ documentId, file }) => aboutDocument(documentId, { sha256: file.sha256 }),
  async run(ctx, { file, ...which }) {
    const document = await documentToChange(ctx, which, 'keepSigned')
    await keepCopy(ctx, document.id, file)
    if (document.state === 'issued') await updateDocument(ctx.db, document.id, { state: 'signed' })
  },
})

/** Takes down that another office numbered and signed what was drafted here, with the copy that shows it. */
export const recordElsewhere = action('document.record_elsewhere', {
  input: v.object({
    ...OneDocument.entries,
    /** Number and symbol as printed, `812/UBND-VX`. */
    number: v.pipe(v.string(), v.transform(tidy), v.regex(/^[\p{L}\p{N}][\p{L}\p{N}/.&-]{1,49}$/u)),
    issuedOn: DaySchema,
    signer: v.pipe(v.string(), v.transform(tidy), v.minLength(1), v.maxLength(50)),
    file: KeptPaperSchema,
  }),
  may: { who: 'roles', roles: WRITERS },
  records: ({ documentId, number, file }) => aboutDocument(documentId, { number, sha256: file.sha256 }),
  async run(ctx, { number, issuedOn, signer, file, ...which }) {
    const document = await documentToChange(ctx, which, 'recordElsewhere')
    if (issuedOn > dayAt(ctx.clock.now())) throw new Refusal('document.day_to_come', {}, 'issuedOn')
    await keepCopy(ctx, document.id, file)
    const { content } = document
    await updateDocument(ctx.db, document.id, {
      content: { ...content, signature: { ...content.signature, name: signer } },
      state: 'signed',
      numberElsewhere: number,
      issuedOn,
    })
  },
})

async function keepCopy(ctx: Ctx, documentId: Id<'document'>, file: KeptPaper): Promise<void> {
  if (!(await ctx.files.has(file.sha256))) throw new Refusal('document.no_paper', {}, 'file')
  const { actor } = ctx
  await insertSignedCopy(ctx.db, {
    ...file,
    id: newId<'signed_copy'>(),
    documentId,
    keptAt: ctx.clock.now(),
    keptBy: actor.kind === 'nobody' ? '' : actor.name,
    keptById: actingPerson(ctx),
  })
}
