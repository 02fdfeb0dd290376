import { writeDocumentRegister } from '#app/document-register-sheet.ts'
import { Refusal } from '#core/kernel/index.ts'
import { sendSheet } from '#web/forms/send-sheet.ts'
import { registerAsked } from '../which-register.ts'
import type { RequestHandler } from './$types.ts'

/** The number register of a year as a table. */
export const GET: RequestHandler = async ({ locals: { ctx, w }, params, url }) => {
  const { body, type, year } = await registerAsked(ctx, url)
  const { file } = params
  if (!body || (file !== 'xlsx' && file !== 'csv')) throw new Refusal('document.not_found')
  const bytes = await writeDocumentRegister(ctx.db, w, { organisationId: body.id, type, year }, file)
  return sendSheet(bytes, `${w('documents_register')} ${w(`document_type_${type}`)} ${year}`, file)
}
