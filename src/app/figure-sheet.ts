import { writeSheet, type SheetFormat } from '../platform/sheets/sheet.ts'

/** Figures as a file: names as they are, numbers in full, so that no sheet rounds them. */
export function writeFigureSheet(
  head: readonly string[],
  rows: readonly (readonly (string | bigint)[])[],
  format: SheetFormat,
): Promise<Uint8Array> {
  return writeSheet([[...head], ...rows.map((cells) => cells.map(String))], format)
}
