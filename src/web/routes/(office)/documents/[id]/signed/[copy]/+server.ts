import { signedCopiesOf } from '#core/document/index.ts'
import { Refusal } from '#core/kernel/index.ts'
import { sendFile } from '#web/forms/send-file.ts'
import { givenId } from '#web/lib/given-id.ts'
import type { RequestHandler } from './$types.ts'

/** A document as it came back signed, to the byte. */
export const GET: RequestHandler = async ({ locals: { ctx }, params }) => {
  const id = givenId<'document'>(params.id)
  const copy = id && (await signedCopiesOf(ctx.db, id)).find((one) => one.id === params.copy)
  if (!copy) throw new Refusal('document.not_found')
  return sendFile({ bytes: await ctx.files.get(copy.sha256), name: copy.fileName, mime: copy.mime })
}
