import { Refusal, tidy } from '../core/kernel/index.ts'
import { readSheet } from '../platform/sheets/sheet.ts'

export interface Table<Column extends string> {
  /** One for each row below the head, blank ones too, so that row 2 of the sheet is the first. */
  readonly rows: readonly Readonly<Record<Column, string>>[]
  /** The letter that a spreadsheet shows above each column. */
  readonly letters: Readonly<Record<Column, string>>
}

/**
 * A CSV or XLSX file as rows of these columns, which its first row names in any order.
 *
 * @throws Refusal `sheet.…`, also when a column is missing or named twice.
 */
export async function readTable<Column extends string>(
  bytes: Uint8Array,
  columns: readonly Column[],
): Promise<Table<Column>> {
  const [head = [], ...body] = await readSheet(bytes)
  const names = head.map((name) => tidy(name).toLowerCase())
  const missing = columns.filter((column) => !names.includes(column))
  if (missing.length > 0) throw new Refusal('sheet.columns_missing', { columns: missing.join(', ') }, 'file')
  const twice = columns.find((column) => names.indexOf(column) !== names.lastIndexOf(column))
  if (twice) throw new Refusal('sheet.column_twice', { column: twice }, 'file')
  const record = (valueOf: (at: number) => string) =>
    // Each column is named once, by the two refusals above.
    Object.fromEntries(columns.map((column) => [column, valueOf(names.indexOf(column))])) as Record<Column, string>
  return { rows: body.map((cells) => record((at) => tidy(cells[at] ?? ''))), letters: record(letterOf) }
}

/** 0 → A, 25 → Z, 26 → AA. */
function letterOf(at: number): string {
  const last = String.fromCharCode(65 + (at % 26))
  return at < 26 ? last : letterOf(Math.floor(at / 26) - 1) + last
}
