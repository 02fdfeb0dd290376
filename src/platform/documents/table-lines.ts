/** One row of a table: its cells, each the lines that stand in it. */
export type TableRow = readonly (readonly string[])[]

/**
 * A row as lines. Cells of one line each stand side by side with ` | ` between them; where a cell holds several
 * lines (the head of an official letter, a column of duties) the cells follow one another, so that no sentence
 * of one column is cut by the other.
 */
export function rowLines(row: TableRow): string[] {
  const cells = row.map((cell) => cell.filter((line) => line.trim() !== ''))
  const filled = cells.filter((cell) => cell.length > 0)
  if (filled.length === 0) return []
  if (filled.every((cell) => cell.length === 1)) {
    return filled.length === 1 ? [...(filled[0] ?? [])] : [cells.map((cell) => cell[0]?.trim() ?? '').join(' | ')]
  }
  return filled.flat()
}
