import type { Report } from '../core/report/index.ts'
import { writeSheet, type SheetFormat } from '../platform/sheets/sheet.ts'

/** The annex tables of a report, one below the other, each under its title: as they were answered, not as of now. */
export function writeReportTables({ tables }: Pick<Report, 'tables'>, format: SheetFormat): Promise<Uint8Array> {
  const rows = tables.flatMap(({ title, table }, at) => [
    ...(at > 0 ? [[]] : []),
    [title],
    table.columns.map((column) => column.title),
    ...table.rows.map((row) => row.map((cell) => cell.replace('\n', '; '))),
  ])
  return writeSheet(rows, format)
}
