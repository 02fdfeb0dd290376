import { writeStationSheet } from '#app/register-sheets.ts'
import { sendFile } from '#web/forms/send-file.ts'
import type { RequestHandler } from './$types.ts'

const MIME = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

export const GET: RequestHandler = async ({ locals: { ctx }, url }) => {
  const format = url.searchParams.get('format') === 'csv' ? 'csv' : 'xlsx'
  const bytes = await writeStationSheet(ctx.db, format)
  return sendFile({ bytes, name: `dai-loa.${format}`, mime: MIME[format] })
}
