import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../kernel/index.ts'
import { cellsOf, countedAt, histories, type History, type HistoryFact } from './history.build.ts'
import { layAll, rollUp, type TreeRow } from './roll-up.ts'
import { addCells, isNothing, NO_SUM, subtract, type Cells } from './sum.ts'
import { mapOn, type TreeMap } from './tree-map.ts'

const HISTORIES = 10_000
const MOST_STEPS = 24

describe('figures of a country that was split and merged', () => {
  test('are the sum of what they open into, at every level and grade, on the map of any day and as of any step', () => {
    fc.assert(
      fc.property(histories(MOST_STEPS), fc.nat(MOST_STEPS), fc.nat(MOST_STEPS), (history, mapStep, asOf) => {
        const map = mapOn(history.lineage, dayOf(mapStep))
        const facts = countedAt(history, asOf)
        expectSame(opened(map, history, facts, null), cellsOf(facts))
      }),
      { numRuns: HISTORIES },
    )
  })

  test('are the same in all before a merge and after it, and on any other map', () => {
    fc.assert(
      fc.property(histories(MOST_STEPS), (history) => {
        const facts = countedAt(history, history.steps)
        for (const step of [0, history.steps >> 1, history.steps + 1]) {
          const map = mapOn(history.lineage, dayOf(step))
          expectSame(addCells(rollUp(map, noted(facts), null).map(({ cells }) => cells)), cellsOf(facts))
        }
      }),
      { numRuns: 1_000 },
    )
  })
})

function dayOf(step: number): string {
  return addDays('2025-01-01', 9 * step)
}

/** The total of what lies within `top`, having opened every row down to the numbers themselves and compared on the way. */
function opened(map: TreeMap, history: History, facts: readonly HistoryFact[], top: string | null): Cells {
  const rows = rollUp(map, noted(facts), top)
  for (const row of rows) expectSame(openedRow(map, history, facts, row), row.cells)
  return addCells(rows.map(({ cells }) => cells))
}

function openedRow(map: TreeMap, history: History, facts: readonly HistoryFact[], { kind, id }: TreeRow): Cells {
  if (kind === 'below') {
    const ids = new Set(layAll(map, id, 'within').ids)
    const below = opened(map, history, facts, id)
    expectSame(cellsOf(facts.filter(({ place }) => ids.has(place))), below)
    return below
  }
  const ids = new Set(layAll(map, id, kind === 'self' ? 'self' : 'alone').ids)
  return cellsOf(facts.filter(({ place }) => ids.has(place)))
}

function noted(facts: readonly HistoryFact[]): Map<string, Cells> {
  return new Map([...Map.groupBy(facts, ({ place }) => place)].map(([place, all]) => [place, cellsOf(all)]))
}

function expectSame(found: Cells, wanted: Cells): void {
  for (const indicator of new Set([...found.keys(), ...wanted.keys()])) {
    const difference = subtract(found.get(indicator) ?? NO_SUM, wanted.get(indicator) ?? NO_SUM)
    if (!isNothing(difference)) expect(found.get(indicator)).toEqual(wanted.get(indicator))
  }
}
