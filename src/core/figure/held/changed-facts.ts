import { FactColumns, type Moment } from './fact-columns.ts'

/** When more have changed, all are added up again in about the time. */
const MOST_CHANGED = 10_000

/** What makes facts of a moment those of now, as few facts of their own: each as it counts now, or as it counted then. */
export interface Changed {
  readonly came: FactColumns
  readonly went: FactColumns
}

/** How facts have changed since a moment; null where that is too much to be told. */
export function changedSince(facts: FactColumns, then: Moment): Changed | null {
  if (facts.count - then.count + facts.gone - then.gone > MOST_CHANGED) return null
  const [came, went] = [new FactColumns(), new FactColumns()]
  for (let row = then.count; row < facts.count; row++) came.copy(facts, row, facts.since[row]!, facts.until[row]!)
  for (let at = then.gone; at < facts.gone; at++) {
    const { row, since, until } = facts.takenAt(at)
    // What came after that moment and was taken again did not count then, and does not count now.
    if (row < then.count) went.copy(facts, row, since, until)
  }
  return { came, went }
}
