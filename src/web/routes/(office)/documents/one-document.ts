import { documentById, type OfficialDocument } from '#core/document/index.ts'
import { Refusal, type Ctx } from '#core/kernel/index.ts'
import { givenId } from '#web/lib/given-id.ts'

/** The document of an address. @throws Refusal `document.not_found` */
export async function documentOf(ctx: Ctx, given: string | undefined): Promise<OfficialDocument> {
  const id = givenId<'document'>(given)
  const document = id && (await documentById(ctx.db, id))
  if (!document) throw new Refusal('document.not_found')
  return document
}
