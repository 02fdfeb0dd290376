import { GRADES, type Grade } from '../evidence/index.ts'
import {
  figures,
  NO_SUM,
  questionOf,
  questionOfRow,
  targetResults,
  type Cells,
  type FigureRow,
  type Figures,
  type Question,
  type Sum,
} from '../figure/index.ts'
import type { Db } from '../kernel/index.ts'
import type { Counted } from './number-words.ts'
import type { FigureKey, FigureValue, ReportFigure, ReportScope } from './report-figure.ts'

/** By circular 09/2019/TT-NHNN periodic reports begin on the 15th of the month before; it only names rows of periods. */
const FIRST_DAY = 15

/** All answers that a report is made of, of one moment: its figures are looked up here. */
export interface FigureBook {
  readonly question: Question
  readonly now: Pages
  readonly before: Pages | null
  readonly targets: ReadonlyMap<string, number>
}

interface Pages {
  readonly total: Cells
  readonly byChannel: ReadonlyMap<string, Cells>
  readonly bodies: Figures
}

/** Asks all that a report can tell, as of a moment; three questions, and two more where it compares. */
export async function figureBook(db: Db, scope: ReportScope, asOf: Date | null): Promise<FigureBook> {
  const question = questionOfScope(scope, asOf)
  const { compareFrom, compareTo } = scope
  const top = await topOf(db, question)
  const before =
    compareFrom === null || compareTo === null
      ? null
      : await pagesOf(db, { ...question, from: compareFrom, to: compareTo }, top)
  return { question, now: await pagesOf(db, question, top), before, targets: await targetsOf(db, scope, question) }
}

/** What the plan wants reached, by indicator: of a whole campaign alone, and where one target is measured by it. */
async function targetsOf(db: Db, { campaignId, scopeId }: ReportScope, question: Question) {
  if (campaignId === null || scopeId !== null) return new Map<string, number>()
  const linked = (await targetResults(db, campaignId, question)).filter(({ indicator }) => indicator !== null)
  const byIndicator = Map.groupBy(linked, ({ indicator }) => indicator ?? '')
  return new Map(
    [...byIndicator].flatMap(([code, [one, ...more]]): [string, number][] =>
      one && more.length === 0 ? [[code, one.value]] : [],
    ),
  )
}

/** The body below which rows are told: the scope; of all bodies the one root that has all results, as a province has. */
async function topOf(db: Db, question: Question): Promise<string | null> {
  if (question.organisation !== null) return question.organisation
  const [first, ...others] = (await figures(db, question)).rows
  return first?.kind === 'below' && others.length === 0 ? first.id : null
}

export function questionOfScope(scope: ReportScope, asOf: Date | null): Question {
  const { from, to, scopeId, campaignId, acceptedFrom, mapDay } = scope
  const where = { organisation: scopeId, campaign: campaignId, acceptedFrom, mapDay, asOf, firstDay: FIRST_DAY }
  return questionOf({ from, to, by: 'organisation', ...where })
}

async function pagesOf(db: Db, question: Question, top: string | null): Promise<Pages> {
  const channels = await figures(db, { ...question, by: 'channel' })
  return {
    total: channels.total,
    byChannel: new Map(channels.rows.map(({ id, cells }) => [id ?? '', cells])),
    bodies: await figures(db, { ...question, organisation: top }),
  }
}

/** The value of a figure; nothing where the book does not have it any more. */
export function valueIn(book: FigureBook, key: FigureKey): FigureValue {
  const sum = sumIn(book.now, key)
  const whole = key.channel === null && key.organisation === null
  return {
    ...plainPair(sum),
    byGrade: Object.fromEntries(GRADES.map((grade) => [grade, plainPair(sum.byGrade[grade])])) as Record<
      Grade,
      Counted
    >, // every grade, once
    before: book.before && plainPair(sumIn(book.before, key)),
    target: (whole ? book.targets.get(key.indicator) : null) ?? null,
  }
}

function sumIn(pages: Pages, { indicator, channel, organisation, reach }: FigureKey): Sum {
  if (indicator === 'bodies') return { ...NO_SUM, counted: BigInt(rowsWithResults(pages.bodies).length) }
  if (channel !== null) return pages.byChannel.get(channel)?.get(indicator) ?? NO_SUM
  if (organisation === null && reach === 'within') return pages.total.get(indicator) ?? NO_SUM
  const row = pages.bodies.rows.find((one) => one.id === organisation && reachOf(one) === reach)
  return row?.cells.get(indicator) ?? NO_SUM
}

/** Bodies right below the scope, and the scope itself, that have any result. */
export function rowsWithResults({ rows }: Figures): FigureRow[] {
  return rows.filter(({ kind }) => kind === 'below' || kind === 'self')
}

/** How a row of bodies is meant when it is asked by itself. */
export function reachOf({ kind }: FigureRow): FigureKey['reach'] {
  return kind === 'below' ? 'within' : kind === 'self' ? 'self' : 'alone'
}

/** The question of a kept figure, as of its moment: what it opens into. */
export function questionOfFigure(scope: ReportScope, { key, asOf }: Pick<ReportFigure, 'key' | 'asOf'>): Question {
  return questionOfKey(questionOfScope(scope, asOf), key)
}

/** The question behind one figure: what it opens into, and by which it can be made again. */
export function questionOfKey(question: Question, { indicator, channel, organisation, reach }: FigureKey): Question {
  if (indicator === 'bodies') return question
  const one = { ...question, indicators: [indicator], channel: channel ?? question.channel }
  if (organisation === null && reach === 'within') return one
  const kind = reach === 'within' ? 'below' : reach === 'self' ? 'self' : 'ended'
  return questionOfRow(one, { kind, id: organisation, cells: new Map() })
}

function plainPair({ counted, estimated }: { readonly counted: bigint; readonly estimated: bigint }): Counted {
  return { counted: Number(counted), estimated: Number(estimated) }
}
