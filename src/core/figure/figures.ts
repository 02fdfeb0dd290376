import type { Db } from '../kernel/index.ts'
import { organisationLineage } from '../organisation/index.ts'
import { placeLineage } from '../place/index.ts'
import { sumsBy, type Asking } from './fact.store.ts'
import { periodKey, periodOn, ROW_PERIODS } from './period.ts'
import type { Dimension, Question } from './question.ts'
import { idsMeant, rollUp, type TreeRow } from './roll-up.ts'
import { addCells, isNothing, type Cells } from './sum.ts'
import { mapOn, type TreeMap } from './tree-map.ts'

/** A row of an answer: of a tree, or of one value of a dimension; `key` is '' where the facts say nothing. */
export type FigureRow = TreeRow | { readonly kind: 'value'; readonly id: string; readonly cells: Cells }

/** What was asked and what came of it: the rows add up to the total, indicator by indicator, grade by grade. */
export interface Figures {
  readonly question: Question
  readonly rows: readonly FigureRow[]
  readonly total: Cells
  /** The tree that the rows are of, drawn as of `mapDay`; null where they are of none. */
  readonly tree: TreeMap | null
}

/** Answers a question from the facts as they stand, or stood `asOf`. */
export async function figures(db: Db, question: Question): Promise<Figures> {
  const { asking, places, organisations } = await resolve(db, question)
  const { by } = question
  const sums = await sumsBy(db, asking, by)
  const tree = by === 'place' ? await places() : by === 'organisation' ? await organisations() : null
  const rows = tree ? rollUp(tree, sums, topOf(question, by)) : valueRows(question, by, sums)
  const told = rows.filter(({ cells }) => [...cells.values()].some((sum) => !isNothing(sum)))
  return { question, rows: told, total: addCells(told.map(({ cells }) => cells)), tree }
}

/** A row under `alone` is told by what it was noted at, whatever the map says of that. */
function topOf({ place, placeReach, organisation, organisationReach }: Question, by: Dimension): string | null {
  if (by === 'place') return placeReach === 'alone' ? null : place
  return organisationReach === 'alone' ? null : organisation
}

function valueRows(question: Question, by: Dimension, sums: Map<string, Cells>): FigureRow[] {
  const kind = ROW_PERIODS.find((one) => one === by)
  const grouped = kind ? Map.groupBy(sums, ([day]) => periodKey(periodOn(day, kind, question.firstDay))) : null
  if (!grouped) return [...sums].map(([id, cells]) => ({ kind: 'value', id, cells }))
  return [...grouped].map(([id, days]) => ({ kind: 'value', id, cells: addCells(days.map(([, cells]) => cells)) }))
}

/** A question with its trees drawn as far as they are needed. */
export async function resolve(db: Db, question: Question) {
  const places = once(async () => mapOn(await placeLineage(db), question.mapDay))
  const organisations = once(async () => mapOn(await organisationLineage(db), question.mapDay))
  const { place, placeReach, organisation, organisationReach } = question
  const asking: Asking = {
    ...question,
    placeIds: place === null ? null : meant(await places(), place, placeReach),
    organisationIds: organisation === null ? null : meant(await organisations(), organisation, organisationReach),
  }
  return { asking, places, organisations }
}

function meant(map: TreeMap, top: string, reach: Question['placeReach']): string[] {
  return idsMeant(map, map.ids, top, reach)
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}
