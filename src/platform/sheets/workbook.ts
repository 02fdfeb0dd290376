import ExcelJS from 'exceljs'
import { Refusal } from '../../core/kernel/index.ts'
import { openZip } from '../documents/zip.ts'

const UNFOLDED_BYTES = 150_000_000
/** More columns than any table of ours; a hostile sheet may claim 16,384. */
const MOST_COLUMNS = 100

/**
 * Rows of the first sheet of an XLSX file, at most `most` of them, row 1 first; a blank row is a row without cells.
 *
 * @throws Refusal `sheet.broken` for a file that is damaged, locked or unfolds without measure.
 */
export async function readWorkbook(bytes: Uint8Array, most: number): Promise<string[][]> {
  try {
    judge(bytes)
    const workbook = new ExcelJS.Workbook()
    // exceljs asks for the Buffer of an older Node, which lacks nothing that it uses.
    await workbook.xlsx.load(Buffer.from(bytes) as unknown as ArrayBuffer)
    return rowsOf(workbook.worksheets[0], most)
  } catch (fault) {
    if (fault instanceof Refusal && fault.code.startsWith('sheet.')) throw fault
    // Whatever the parser stumbled over, the remedy is the same: save it again.
    throw new Refusal('sheet.broken', {}, 'file')
  }
}

export async function writeWorkbook(rows: readonly (readonly string[])[]): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('Loa', { views: [{ state: 'frozen', ySplit: 1 }] })
  for (const cells of rows) sheet.addRow([...cells])
  sheet.getRow(1).font = { bold: true }
  // Text, so that a code keeps its leading zeros and a day its letters when somebody types over it.
  for (let at = 1; at <= (rows[0]?.length ?? 0); at++) sheet.getColumn(at).numFmt = '@'
  return new Uint8Array(await workbook.xlsx.writeBuffer())
}

/** Unfolds every part under a cap first: exceljs unfolds without one. */
function judge(bytes: Uint8Array): void {
  const zip = openZip(bytes, UNFOLDED_BYTES)
  for (const name of zip.names) zip.read(name)
}

function rowsOf(sheet: ExcelJS.Worksheet | undefined, most: number): string[][] {
  const rows: string[][] = []
  const columns = Math.min(sheet?.columnCount ?? 0, MOST_COLUMNS)
  sheet?.eachRow({ includeEmpty: false }, (row, number) => {
    if (number > most) throw new Refusal('sheet.too_long', { rows: most - 1 }, 'file')
    const cells = Array.from({ length: columns }, (_, at) => cellText(row.getCell(at + 1)))
    if (cells.every((cell) => cell.trim() === '')) return
    while (rows.length < number - 1) rows.push([])
    rows.push(cells)
  })
  return rows
}

/** Text as shown; a day as ISO, since spreadsheets turn typed days into moments. */
function cellText(cell: ExcelJS.Cell): string {
  if (cell.value === null || cell.value === undefined) return ''
  return cell.value instanceof Date ? cell.value.toISOString().slice(0, 10) : cell.text
}
