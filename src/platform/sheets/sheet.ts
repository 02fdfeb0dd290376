import { Refusal } from '../../core/kernel/index.ts'
import { parseCsv, writeCsv } from './csv.ts'
import { readWorkbook, writeWorkbook } from './workbook.ts'

const MOST_BYTES = 20_000_000
const MOST_ROWS = 20_001

/**
 * The rows of the first sheet of an XLSX file, or of a CSV file in UTF-8 or UTF-16 (what Excel calls Unicode text).
 * Row 1 comes first and blank rows stay, without cells, so that a row keeps the number its writer sees.
 *
 * @throws Refusal `sheet.…` for a file that is neither, is too large or is broken.
 */
export async function readSheet(bytes: Uint8Array): Promise<string[][]> {
  if (bytes.length > MOST_BYTES) throw new Refusal('sheet.too_large', { megabytes: MOST_BYTES / 1_000_000 }, 'file')
  // An XLSX with a password, like the old XLS, is an OLE file (MS-CFB 2.2).
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) throw new Refusal('sheet.broken', {}, 'file')
  if (startsWith(bytes, 0x50, 0x4b)) return readWorkbook(bytes, MOST_ROWS)
  const rows = parseCsv(textOf(bytes))
  if (rows.length > MOST_ROWS) throw new Refusal('sheet.too_long', { rows: MOST_ROWS - 1 }, 'file')
  return rows
}

export type SheetFormat = 'csv' | 'xlsx'

/** The rows as a file. */
export async function writeSheet(rows: readonly (readonly string[])[], format: SheetFormat): Promise<Uint8Array> {
  return format === 'csv' ? new TextEncoder().encode(writeCsv(rows)) : writeWorkbook(rows)
}

function startsWith(bytes: Uint8Array, ...magic: readonly number[]): boolean {
  return magic.every((byte, at) => bytes[at] === byte)
}

function textOf(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder(startsWith(bytes, 0xff, 0xfe) ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes)
    if (text.includes('\0')) throw new Refusal('sheet.not_utf8', {}, 'file')
    return text
  } catch {
    throw new Refusal('sheet.not_utf8', {}, 'file')
  }
}
