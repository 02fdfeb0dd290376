import { keyOf, type FigureRow, type Figures } from './figure-row.ts'
import type { Laid } from './roll-up.ts'
import { addCells, isNothing, negative, something, type Cells } from './sum.ts'

/**
 * An answer with rows more and rows less: sums are linear. What is not touched stays the very same; what comes to nothing is
 * gone. A new row stands where it is laid; null where it is laid on no tree, so that only a new answer tells where it stands.
 */
export function mendFigures(
  before: Figures,
  came: readonly FigureRow[],
  went: readonly FigureRow[],
  laid: Pick<Laid, 'rows'> | null,
): Figures | null {
  const changes = changesOf(came, went)
  if (changes.size === 0) return before
  const told = new Map(before.rows.map((row) => [keyOf(row), row]))
  const isNew = [...changes.keys()].some((key) => !told.has(key))
  if (isNew && !laid) return null
  for (const [key, change] of changes) {
    const cells = something(addCells([told.get(key)?.cells ?? new Map(), change.cells]))
    if (cells.size > 0) told.set(key, { ...change, cells })
    else told.delete(key)
  }
  const rows = isNew && laid ? laid.rows.flatMap((row) => told.get(keyOf(row)) ?? []) : [...told.values()]
  return { ...before, rows, total: totalOf(before.total, changes, rows) }
}

/** What of each row is more or less, where it does not come to the same. */
function changesOf(came: readonly FigureRow[], went: readonly FigureRow[]): Map<string, FigureRow> {
  const taken = went.map((row) => ({ ...row, cells: negative(row.cells) }))
  const changes = new Map<string, FigureRow>()
  for (const row of [...came, ...taken]) {
    const key = keyOf(row)
    const cells = something(addCells([changes.get(key)?.cells ?? new Map(), row.cells]))
    if (cells.size > 0) changes.set(key, { ...row, cells })
    else changes.delete(key)
  }
  return changes
}

/** An indicator is told of as long as any row tells of it. */
function totalOf(before: Cells, changes: ReadonlyMap<string, FigureRow>, rows: readonly FigureRow[]): Cells {
  const total = addCells([before, ...[...changes.values()].map(({ cells }) => cells)])
  const isTold = (indicator: string) => rows.some(({ cells }) => cells.has(indicator))
  return new Map([...total].filter(([indicator, sum]) => !isNothing(sum) || isTold(indicator)))
}
