import type { Db } from '../kernel/index.ts'
import { sumsBy, sumsOfRows, type Asking } from './fact.store.ts'
import { periodKey, periodOn, ROW_PERIODS } from './period.ts'
import type { Dimension, Question } from './question.ts'
import { idsMeant, layOn, type Laid, type TreeRow } from './roll-up.ts'
import { addCells, isNothing, type Cells } from './sum.ts'
import { treeOf } from './tree-of.ts'
import type { TreeMap } from './tree-map.ts'

/** More nodes than this are most of a country. */
const FEW_NODES = 2_000

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
  const resolved = await resolve(db, question)
  const { by } = question
  const isTree = by === 'place' || by === 'organisation'
  const tree = isTree ? await resolved[by]() : null
  const rows =
    tree && isTree
      ? await treeRows(db, resolved.asking, by, tree)
      : valueRows(question, by, await sumsBy(db, resolved.asking, by))
  const told = rows.filter(({ cells }) => [...cells.values()].some((sum) => !isNothing(sum)))
  return { question, rows: told, total: addCells(told.map(({ cells }) => cells)), tree }
}

async function treeRows(db: Db, asking: Asking, by: 'place' | 'organisation', tree: TreeMap): Promise<FigureRow[]> {
  const [top, reach] = [asking[by], asking[`${by}Reach`]]
  // What was noted under one name alone is laid where it counts, whatever lies around it.
  const laid = reach === 'alone' && top !== null ? layOn(tree, [top], null) : layOn(tree, tree.ids, top, reach)
  const sums = await sumsOfRows(db, narrowed(asking, by, laid), by, laid)
  return laid.rows.flatMap((row, at): FigureRow[] => {
    const cells = sums.get(String(at))
    return cells ? [{ ...row, cells }] : []
  })
}

/** Few nodes are looked up one by one; of many the facts are read through, and the rows they are laid on sort them out. */
function narrowed(asking: Asking, by: 'place' | 'organisation', { ids }: Laid): Asking {
  const key = by === 'place' ? 'placeIds' : 'organisationIds'
  return { ...asking, [key]: ids.length <= FEW_NODES ? ids : null }
}

function valueRows(question: Question, by: Dimension, sums: Map<string, Cells>): FigureRow[] {
  const kind = ROW_PERIODS.find((one) => one === by)
  const grouped = kind ? Map.groupBy(sums, ([day]) => periodKey(periodOn(day, kind, question.firstDay))) : null
  if (!grouped) return [...sums].map(([id, cells]) => ({ kind: 'value', id, cells }))
  return [...grouped].map(([id, days]) => ({ kind: 'value', id, cells: addCells(days.map(([, cells]) => cells)) }))
}

/** A question with its trees drawn as far as they are needed. */
export async function resolve(db: Db, question: Question) {
  const { mapDay } = question
  const place = () => treeOf(db, 'place', mapDay)
  const organisation = () => treeOf(db, 'organisation', mapDay)
  const asking: Asking = {
    ...question,
    placeIds: question.place === null ? null : meant(await place(), question.place, question.placeReach),
    organisationIds:
      question.organisation === null
        ? null
        : meant(await organisation(), question.organisation, question.organisationReach),
  }
  return { asking, place, organisation }
}

function meant(map: TreeMap, top: string, reach: Question['placeReach']): string[] {
  return idsMeant(map, map.ids, top, reach)
}
