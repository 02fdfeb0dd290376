import ExcelJS from 'exceljs'
import { Refusal } from '../../core/kernel/index.ts'
import { parseCsv, writeCsv } from './csv.ts'

const MOST_BYTES = 20_000_000
const MOST_ROWS = 20_001

/**
 * The rows of the first sheet of an XLSX file, or of a CSV file in UTF-8.
 *
 * @throws Refusal `sheet.…` for a file that is neither, is too large or is broken.
 */
export async function readSheet(bytes: Uint8Array): Promise<string[][]> {
  if (bytes.length > MOST_BYTES) throw new Refusal('sheet.too_large', { megabytes: MOST_BYTES / 1_000_000 }, 'file')
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
  const rows = isZip ? await readWorkbook(bytes) : parseCsv(textOf(bytes))
  if (rows.length > MOST_ROWS) throw new Refusal('sheet.too_long', { rows: MOST_ROWS - 1 }, 'file')
  return rows
}

export type SheetFormat = 'csv' | 'xlsx'

/** The rows as a file. */
export async function writeSheet(rows: readonly (readonly string[])[], format: SheetFormat): Promise<Uint8Array> {
  if (format === 'csv') return new TextEncoder().encode(writeCsv(rows))
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('Loa', { views: [{ state: 'frozen', ySplit: 1 }] })
  for (const cells of rows) sheet.addRow([...cells])
  sheet.getRow(1).font = { bold: true }
  return new Uint8Array(await workbook.xlsx.writeBuffer())
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Refusal('sheet.not_utf8', {}, 'file')
  }
}

async function readWorkbook(bytes: Uint8Array): Promise<string[][]> {
  const workbook = new ExcelJS.Workbook()
  try {
    // exceljs asks for the Buffer of an older Node, which lacks nothing that it uses.
    await workbook.xlsx.load(Buffer.from(bytes) as unknown as ArrayBuffer)
  } catch {
    throw new Refusal('sheet.broken', {}, 'file')
  }
  const rows: string[][] = []
  const sheet = workbook.worksheets[0]
  sheet?.eachRow({ includeEmpty: false }, (row) => {
    if (rows.length > MOST_ROWS) return
    rows.push(Array.from({ length: sheet.columnCount }, (_, at) => cellText(row.getCell(at + 1))))
  })
  return rows
}

/** Text as shown; a day as ISO, since spreadsheets turn typed days into moments. */
function cellText(cell: ExcelJS.Cell): string {
  return cell.value instanceof Date ? cell.value.toISOString().slice(0, 10) : cell.text.trim()
}
