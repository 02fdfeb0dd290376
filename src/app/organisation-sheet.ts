import { Refusal, type Db } from '../core/kernel/index.ts'
import { ORGANISATION_COLUMNS, organisationRows, type OrganisationRow } from '../core/organisation/index.ts'
import { readSheet, writeSheet, type SheetFormat } from '../platform/sheets/sheet.ts'

/**
 * The organisations in a CSV or XLSX file, one a row, by the names of the columns in its first row in any order.
 *
 * @throws Refusal `sheet.…`, also when a column is missing.
 */
export async function readOrganisationSheet(bytes: Uint8Array): Promise<OrganisationRow[]> {
  const [head = [], ...rows] = await readSheet(bytes)
  const at = new Map(head.map((name, index) => [name.trim().toLowerCase(), index]))
  const missing = ORGANISATION_COLUMNS.filter((column) => !at.has(column))
  if (missing.length > 0) throw new Refusal('sheet.columns_missing', { columns: missing.join(', ') }, 'file')
  const cellOf = (cells: readonly string[], column: string) =>
    (cells[at.get(column) ?? -1] ?? '').trim().normalize('NFC')
  return rows.map(
    // The columns are those of the row, each named once.
    (cells) =>
      Object.fromEntries(ORGANISATION_COLUMNS.map((column) => [column, cellOf(cells, column)])) as OrganisationRow,
  )
}

/** All organisations as a file that can be mended in a spreadsheet and imported again. */
export async function writeOrganisationSheet(db: Db, format: SheetFormat): Promise<Uint8Array> {
  const rows = await organisationRows(db)
  return writeSheet(
    [[...ORGANISATION_COLUMNS], ...rows.map((row) => ORGANISATION_COLUMNS.map((column) => row[column]))],
    format,
  )
}
