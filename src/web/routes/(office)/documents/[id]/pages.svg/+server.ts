import { documentPicture } from '#core/document/index.ts'
import { sendFile } from '#web/forms/send-file.ts'
import { documentOf } from '../../one-document.ts'
import type { RequestHandler } from './$types.ts'

/** The pages of a document as they stand, to be looked at in a page of the office. */
export const GET: RequestHandler = async ({ locals: { ctx }, params }) => {
  const document = await documentOf(ctx, params.id)
  const bytes = await documentPicture(ctx, document, document.content)
  return sendFile({ bytes, name: 'pages.svg', mime: 'image/svg+xml', inline: true })
}
