import type { FigureRow } from './figure-row.ts'
import { daysOf, periodOfKey, ROW_PERIODS, type RowPeriod } from './period.ts'
import { isBreakdown, type Question } from './question.ts'

/**
 * The question whose answer is one row of another: what a figure opens into. A node of a tree opens into the level
 * below it; everything else can only be opened into its facts.
 */
export function questionOfRow(question: Question, row: FigureRow): Question {
  const { by } = question
  if (by === 'place') {
    const [place, placeReach] = nodeOf(row)
    // All that lies above every root and is told on a line of its own was noted under its own name.
    return { ...question, place, placeReach }
  }
  if (by === 'organisation') {
    const [organisation, organisationReach] = nodeOf(row)
    return { ...question, organisation, organisationReach }
  }
  const id = row.id ?? ''
  const kind = ROW_PERIODS.find((one) => one === by)
  if (kind) return { ...question, ...within(question, kind, id) }
  if (isBreakdown(by)) return { ...question, part: { breakdown: by, code: id } }
  if (by === 'acceptance') return { ...question, acceptance: Number(id) }
  return { ...question, [by]: id }
}

/** Whether a row opens into rows below it, and not only into its facts. */
export function opensBelow(row: FigureRow): boolean {
  return row.kind === 'below'
}

function nodeOf({ kind, id }: FigureRow): [string | null, Question['placeReach']] {
  if (kind === 'below') return [id, 'within']
  return [id, kind === 'self' ? 'self' : 'alone']
}

/** The days of a period that the question asks for. */
function within(question: Question, kind: RowPeriod, key: string): Pick<Question, 'from' | 'to'> {
  const period = periodOfKey(kind, key)
  if (!period) throw new Error(`${key} is no ${kind}`)
  const { from, to } = daysOf(period, question.firstDay)
  return { from: from > question.from ? from : question.from, to: to < question.to ? to : question.to }
}
