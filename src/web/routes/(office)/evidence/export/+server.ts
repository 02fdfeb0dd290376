import { writeActivitySheet } from '#app/register-sheets.ts'
import { formatOf, sendSheet } from '#web/forms/send-sheet.ts'
import type { RequestHandler } from './$types.ts'

/** An empty table to fill in: what was sent is read on its page, not mended in a spreadsheet. */
export const GET: RequestHandler = async ({ url }) => {
  const format = formatOf(url)
  const bytes = await writeActivitySheet(format)
  return sendSheet(bytes, 'minh-chung-mau', format)
}
