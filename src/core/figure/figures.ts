import type { Db } from '../kernel/index.ts'
import { sumsBy, sumsOfRows, type Asking } from './fact.store.ts'
import { periodKey, periodOn, ROW_PERIODS } from './period.ts'
import { keptAnswer } from './kept-answer.ts'
import { tellsPeople, type Dimension, type Question } from './question.ts'
import { layAll, type Laid, type TreeRow } from './roll-up.ts'
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
export function figures(db: Db, question: Question): Promise<Figures> {
  // What is configured can change without any change of a fact.
  if (tellsPeople(question)) return added(db, question)
  const numbers = ({ rows }: Figures) => rows.reduce((sum, { cells }) => sum + cells.size, 0)
  return keptAnswer(db, { figures: question }, { answer: () => added(db, question), numbers })
}

async function added(db: Db, question: Question): Promise<Figures> {
  const { by } = question
  const asking = await resolve(db, question)
  const tree = by === 'place' || by === 'organisation' ? await treeOf(db, by, question.mapDay) : null
  const rows =
    tree && (by === 'place' || by === 'organisation')
      ? await treeRows(db, asking, by, tree)
      : valueRows(by, await sumsBy(db, asking, by))
  const told = rows.filter(({ cells }) => [...cells.values()].some((sum) => !isNothing(sum)))
  return { question, rows: told, total: addCells(told.map(({ cells }) => cells)), tree }
}

async function treeRows(db: Db, asking: Asking, by: 'place' | 'organisation', tree: TreeMap): Promise<FigureRow[]> {
  const laid = layAll(tree, asking[by], asking[`${by}Reach`])
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

function valueRows(by: Dimension, sums: Map<string, Cells>): FigureRow[] {
  const kind = ROW_PERIODS.find((one) => one === by)
  const grouped = kind ? Map.groupBy(sums, ([month]) => periodKey(periodOn(month, kind, 1))) : null
  if (!grouped) return [...sums].map(([id, cells]) => ({ kind: 'value', id, cells }))
  return [...grouped].map(([id, days]) => ({ kind: 'value', id, cells: addCells(days.map(([, cells]) => cells)) }))
}

/** A question with what it means of the two trees. */
export async function resolve(db: Db, question: Question): Promise<Asking> {
  const meant = async (by: 'place' | 'organisation') =>
    question[by] === null
      ? null
      : layAll(await treeOf(db, by, question.mapDay), question[by], question[`${by}Reach`]).ids
  return { ...question, placeIds: await meant('place'), organisationIds: await meant('organisation') }
}
