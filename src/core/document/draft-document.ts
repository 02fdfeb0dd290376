import * as v from 'valibot'
import { actingPerson, action, idOf, newId, Refusal, refuseIf, type Ctx, type Id, type Role } from '../kernel/index.ts'
import { insertDocument, documentById, lockDocument, updateDocument } from './document.store.ts'
import { whyNotDocument, type DocumentDeed, type OfficialDocument } from './document.ts'
import { DOCUMENT_TYPE_KEYS, PaperContent } from './paper.ts'
import { whyNotContent } from './why-not-content.ts'

/** Who writes documents of their body. */
export const WRITERS: readonly Role[] = ['campaign_officer', 'leader', 'press_officer', 'licence_officer']

/** Which document; with `basedOn`, only as the person saw it. */
export const OneDocument = v.object({ documentId: idOf<'document'>(), basedOn: v.nullish(v.number(), null) })

export const within = async (ctx: Ctx, { documentId }: { readonly documentId: Id<'document'> }) =>
  (await documentById(ctx.db, documentId))?.organisationId ?? null
export const aboutDocument = (documentId: Id<'document'>, facts: Record<string, string | number> = {}) => ({
  subject: 'document',
  subjectId: documentId,
  facts,
})

/** Begins a document of a body. It has no number yet. */
export const draftDocument = action('document.draft', {
  input: v.object({
    organisationId: idOf<'organisation'>(),
    type: v.picklist(DOCUMENT_TYPE_KEYS),
    content: PaperContent,
    originKind: v.nullish(v.pipe(v.string(), v.minLength(1), v.maxLength(50)), null),
    originId: v.nullish(v.pipe(v.string(), v.uuid()), null),
  }),
  may: { who: 'roles', roles: WRITERS, within: (_ctx, { organisationId }) => organisationId },
  records: ({ type }, documentId: Id<'document'>) => aboutDocument(documentId, { type }),
  async run(ctx, given): Promise<Id<'document'>> {
    refuseIf(whyNotContent(given.content))
    const id = newId<'document'>()
    await insertDocument(ctx.db, {
      ...given,
      id,
      letterhead: null,
      state: 'draft',
      number: null,
      numberElsewhere: null,
      issuedOn: null,
      createdAt: ctx.clock.now(),
      createdBy: actingPerson(ctx),
      revision: 1,
    })
    return id
  },
})

/** Writes a draft anew. */
export const changeDocument = action('document.change', {
  input: v.object({ ...OneDocument.entries, content: PaperContent }),
  may: { who: 'roles', roles: WRITERS, within },
  records: ({ documentId }) => aboutDocument(documentId),
  async run(ctx, { content, ...which }) {
    refuseIf(whyNotContent(content))
    await documentToChange(ctx, which, 'change')
    await updateDocument(ctx.db, which.documentId, { content })
  },
})

/** Lays a draft aside; it stays in the record and takes no number. */
export const dropDocument = action('document.drop', {
  input: OneDocument,
  may: { who: 'roles', roles: WRITERS, within },
  records: ({ documentId }) => aboutDocument(documentId),
  async run(ctx, which) {
    await documentToChange(ctx, which, 'drop')
    await updateDocument(ctx.db, which.documentId, { state: 'dropped' })
  },
})

/**
 * The document, locked for the rest of the transaction.
 *
 * @throws Refusal `document.not_found`, `document.changed` when somebody was faster, `document.is_…` when its state
 *   forbids the deed.
 */
export async function documentToChange(
  ctx: Ctx,
  { documentId, basedOn }: v.InferOutput<typeof OneDocument>,
  deed: DocumentDeed,
): Promise<OfficialDocument> {
  const document = await lockDocument(ctx.db, documentId)
  if (!document) throw new Refusal('document.not_found')
  refuseIf(whyNotDocument(document, deed))
  if (basedOn !== null && basedOn !== document.revision) throw new Refusal('document.changed')
  return document
}
