import { writeActivitySheet } from '#app/register-sheets.ts'
import { sendFile } from '#web/forms/send-file.ts'
import type { RequestHandler } from './$types.ts'

const MIME = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** An empty table to fill in: what was sent is read on its page, not mended in a spreadsheet. */
export const GET: RequestHandler = async ({ url }) => {
  const format = url.searchParams.get('format') === 'csv' ? 'csv' : 'xlsx'
  const bytes = await writeActivitySheet(format)
  return sendFile({ bytes, name: `minh-chung-mau.${format}`, mime: MIME[format] })
}
