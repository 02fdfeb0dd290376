import { sendFile } from './send-file.ts'

/** What a table is in HTTP. */
const SHEET_MIMES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const
type SheetFormat = keyof typeof SHEET_MIMES

/** The format that an address asks for: a spreadsheet, unless it says csv. */
export function formatOf(url: URL): SheetFormat {
  return url.searchParams.get('format') === 'csv' ? 'csv' : 'xlsx'
}

/** A table as a file to keep; `name` without its ending. */
export function sendSheet(bytes: Uint8Array, name: string, format: SheetFormat): Response {
  return sendFile({ bytes, name: `${name}.${format}`, mime: SHEET_MIMES[format] })
}
