import { dataFields, dataFieldsXml, documentFile, DOCUMENT_MIMES, fileNameOf } from '#core/document/index.ts'
import { Refusal } from '#core/kernel/index.ts'
import { sendFile } from '#web/forms/send-file.ts'
import { documentOf } from '../../one-document.ts'
import type { RequestHandler } from './$types.ts'

/** An official document as PDF or DOCX, or its data by the field names of annex VI as JSON or XML. */
export const GET: RequestHandler = async ({ locals: { ctx }, params }) => {
  const document = await documentOf(ctx, params.id)
  if (params.form === 'json') return Response.json(await dataFields(ctx, document))
  if (params.form === 'xml') {
    const bytes = new TextEncoder().encode(dataFieldsXml(await dataFields(ctx, document)))
    return sendFile({ bytes, name: fileNameOf(document, 'xml'), mime: 'application/xml' })
  }
  if (params.form !== 'pdf' && params.form !== 'docx') throw new Refusal('document.not_found')
  const { form } = params
  const bytes = await documentFile(ctx, document, form)
  return sendFile({ bytes, name: fileNameOf(document, form), mime: DOCUMENT_MIMES[form] })
}
