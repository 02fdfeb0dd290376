import { dataFields, documentById, documentFile, DOCUMENT_MIMES, fileNameOf } from '#core/document/index.ts'
import { Refusal } from '#core/kernel/index.ts'
import { sendFile } from '#web/forms/send-file.ts'
import { givenId } from '#web/lib/given-id.ts'
import type { RequestHandler } from './$types.ts'

/** An official document as PDF or DOCX, or its data by the field names of annex VI as JSON. */
export const GET: RequestHandler = async ({ locals: { ctx }, params }) => {
  const id = givenId<'document'>(params.id)
  const document = id && (await documentById(ctx.db, id))
  if (!document) throw new Refusal('document.not_found')
  if (params.form === 'json') return Response.json(await dataFields(ctx, document))
  if (params.form !== 'pdf' && params.form !== 'docx') throw new Refusal('document.not_found')
  const { form } = params
  const bytes = await documentFile(ctx, document, form)
  return sendFile({ bytes, name: fileNameOf(document, form), mime: DOCUMENT_MIMES[form] })
}
