import { writeDocumentRegister } from '#app/document-register-sheet.ts'
import { Refusal } from '#core/kernel/index.ts'
import { sendFile } from '#web/forms/send-file.ts'
import { registerAsked } from '../which-register.ts'
import type { RequestHandler } from './$types.ts'

const MIMES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const

/** The number register of a year as a table. */
export const GET: RequestHandler = async ({ locals: { ctx, w }, params, url }) => {
  const { body, type, year } = await registerAsked(ctx, url)
  const { file } = params
  if (!body || (file !== 'xlsx' && file !== 'csv')) throw new Refusal('document.not_found')
  const bytes = await writeDocumentRegister(ctx.db, w, { organisationId: body.id, type, year }, file)
  return sendFile({
    bytes,
    name: `${w('documents_register')} ${w(`document_type_${type}`)} ${year}.${file}`,
    mime: MIMES[file],
  })
}
