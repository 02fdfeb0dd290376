import type { Db } from '../kernel/index.ts'
import { sums, type Asking } from './fact.store.ts'
import type { FigureRow, Figures } from './figure-row.ts'
import { addUp } from './held/add-up.ts'
import type { FactColumns } from './held/fact-columns.ts'
import { keptAnswer, type Answering } from './kept-answer.ts'
import { mendFigures } from './mend-figures.ts'
import { periodKey, periodOn, ROW_PERIODS } from './period.ts'
import { tellsPeople, type Question } from './question.ts'
import { layAll, type Laid } from './roll-up.ts'
import { addCells, something, type Cells } from './sum.ts'
import type { TreeMap } from './tree-map.ts'
import { treeOf } from './tree-of.ts'

/** More nodes than this are most of a country. */
const FEW_NODES = 2_000
const NOBODY: ReadonlySet<string> = new Set()

/** A question with what it means of the two trees, and the one that its rows are of. */
interface Ground {
  readonly asking: Asking
  readonly tree: TreeMap | null
  readonly laid: Laid | null
}

/** Answers a question from the facts as they stand, or stood `asOf`. */
export async function figures(db: Db, question: Question): Promise<Figures> {
  const answering: Answering<Ground, Figures> = {
    ground: () => groundOf(db, question),
    asked: async (ground) => answerOf(question, ground, rowsOf(ground, await sums(db, ground.asking, ground.laid))),
    made: (ground, facts) => answerOf(question, ground, heldRows(ground, facts)),
    mended: (ground, _, before, { came, went }) =>
      mendFigures(before, heldRows(ground, came), heldRows(ground, went), ground.laid),
    numbers: ({ rows }) => rows.reduce((sum, { cells }) => sum + cells.size, 0),
  }
  // What is configured can change without any change of a fact.
  if (tellsPeople(question)) return answering.asked(await answering.ground())
  return keptAnswer(db, { figures: question }, answering)
}

async function groundOf(db: Db, question: Question): Promise<Ground> {
  const { by } = question
  const asking = await resolve(db, question)
  if (by !== 'place' && by !== 'organisation') return { asking, tree: null, laid: null }
  const tree = await treeOf(db, by, question.mapDay)
  const laid = layAll(tree, question[by], question[`${by}Reach`])
  return { asking: narrowed(asking, by, laid), tree, laid }
}

/** Few nodes are looked up one by one; of many the facts are read through, and the rows they are laid on sort them out. */
function narrowed(asking: Asking, by: 'place' | 'organisation', { ids }: Laid): Asking {
  const key = by === 'place' ? 'placeIds' : 'organisationIds'
  return { ...asking, [key]: ids.length <= FEW_NODES ? ids : null }
}

function answerOf(question: Question, { tree }: Ground, rows: readonly FigureRow[]): Figures {
  return { question, rows, total: addCells(rows.map(({ cells }) => cells)), tree }
}

/** Of a question that does not tell people apart. */
function heldRows(ground: Ground, facts: FactColumns): FigureRow[] {
  return rowsOf(ground, addUp(facts, ground.asking, { laid: ground.laid, people: NOBODY }))
}

/** The rows of sums that come to something. */
function rowsOf({ asking, laid }: Ground, found: ReadonlyMap<string, Cells>): FigureRow[] {
  return (laid ? treeRows(laid, found) : valueRows(asking, found)).flatMap((row) => {
    const cells = something(row.cells)
    return cells.size > 0 ? [{ ...row, cells }] : []
  })
}

function treeRows({ rows }: Laid, found: ReadonlyMap<string, Cells>): FigureRow[] {
  return rows.flatMap((row, at): FigureRow[] => {
    const cells = found.get(String(at))
    return cells ? [{ ...row, cells }] : []
  })
}

function valueRows({ by }: Question, found: ReadonlyMap<string, Cells>): FigureRow[] {
  const kind = ROW_PERIODS.find((one) => one === by)
  const grouped = kind ? Map.groupBy(found, ([month]) => periodKey(periodOn(month, kind, 1))) : null
  if (!grouped) return [...found].map(([id, cells]) => ({ kind: 'value', id, cells }))
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
