import { writePlaceSheet } from '#app/register-sheets.ts'
import { formatOf, sendSheet } from '#web/forms/send-sheet.ts'
import type { RequestHandler } from './$types.ts'

export const GET: RequestHandler = async ({ locals: { ctx }, url }) => {
  const format = formatOf(url)
  const bytes = await writePlaceSheet(ctx.db, format)
  return sendSheet(bytes, 'dia-ban', format)
}
