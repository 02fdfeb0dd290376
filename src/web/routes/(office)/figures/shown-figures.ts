import type { Words } from '#app/wording/words.ts'
import { GRADES, type Catalogue, type Indicator } from '#core/evidence/index.ts'
import {
  NO_SUM,
  opensBelow,
  questionOfRow,
  type Cells,
  type FigureRow,
  type Figures,
  type Question,
} from '#core/figure/index.ts'
import { paths } from '#web/paths.ts'
import { figureWords } from '#web/lib/figure-words.ts'
import { rowName, type Names } from './row-names.ts'
import { questionAddress } from './question-address.ts'

/** More columns than this cannot be read across; the rest is a tap away. */
const MOST_COLUMNS = 6

/** A figure as a table shows it: what was counted, what was guessed, and where each opens. */
export interface ShownFigure {
  readonly counted: string
  /** Empty where nothing was guessed. */
  readonly estimated: string
  readonly href: string | null
  /** For a bar: counts alone, as a plain number. */
  readonly size: number
}

export interface ShownRow {
  readonly key: string
  readonly name: string
  readonly href: string | null
  readonly kind: FigureRow['kind']
  readonly figures: Readonly<Record<string, ShownFigure>>
}

/** Indicators of which anything was told, in the order of the catalogue, and those that found no room. */
export function columnsOf({ question, total }: Figures, { indicators }: Catalogue) {
  const told = indicators.filter(({ code }) => total.has(code) || question.indicators.includes(code))
  const many = question.indicators.length === 0 && told.length > MOST_COLUMNS
  return { shown: many ? told.slice(0, MOST_COLUMNS) : told, rest: many ? told.slice(MOST_COLUMNS) : [] }
}

/** The rows of an answer as a table shows them, in the order in which people look for them. */
export function rowsShown(w: Words, answer: Figures, columns: readonly Indicator[], names: Names): ShownRow[] {
  const { question, tree } = answer
  const rows = answer.rows.map((row): ShownRow => {
    const inner = questionOfRow(question, row)
    const below = opensBelow(row) && row.id !== null && tree?.hasBelow(row.id) === true
    return {
      key: `${row.kind}:${row.id ?? ''}`,
      name: rowName(w, answer, row, names),
      href: below ? questionAddress(paths.figures, inner) : null,
      kind: row.kind,
      figures: figuresShown(w, row.cells, columns, (indicator) => addressOf(inner, indicator, below)),
    }
  })
  return rows.toSorted(order(question))
}

export function totalShown(w: Words, { question, total }: Figures, columns: readonly Indicator[]) {
  return figuresShown(w, total, columns, (indicator) => addressOf(question, indicator, false))
}

/** The total by how sure it is, one row a grade. */
export function gradesShown(w: Words, { question, total }: Figures, columns: readonly Indicator[]) {
  return GRADES.map((grade) => ({
    key: grade,
    name: w(`evidence_grade_${grade}`),
    href: null,
    figures: Object.fromEntries(
      columns.map(({ code }) => {
        const pair = (total.get(code) ?? NO_SUM).byGrade[grade]
        return [code, figureShown(w, pair, addressOf({ ...question, grade }, code, false))]
      }),
    ),
  }))
}

/** A figure opens into the level below, or into the facts themselves. */
function addressOf(question: Question, indicator: string, below: boolean): string {
  const asked = { ...question, indicators: [indicator] }
  return questionAddress(below ? paths.figures : paths.figureFacts, asked)
}

function figuresShown(
  w: Words,
  cells: Cells,
  columns: readonly Indicator[],
  href: (indicator: string) => string,
): Record<string, ShownFigure> {
  return Object.fromEntries(columns.map(({ code }) => [code, figureShown(w, cells.get(code) ?? NO_SUM, href(code))]))
}

function figureShown(
  w: Words,
  { counted, estimated }: { readonly counted: bigint; readonly estimated: bigint },
  href: string,
): ShownFigure {
  return {
    counted: figureWords(counted, w.language),
    estimated: estimated === 0n ? '' : figureWords(estimated, w.language),
    href: counted === 0n && estimated === 0n ? null : href,
    size: Number(counted),
  }
}

const KINDS = ['below', 'value', 'self', 'divided', 'ended']
const collator = new Intl.Collator('vi')

/** Nodes by name, then what stands on lines of its own; periods by time. */
function order({ by }: Question) {
  return (one: ShownRow, other: ShownRow) =>
    KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind) ||
    (PERIODS.has(by) ? one.key.localeCompare(other.key) : collator.compare(one.name, other.name))
}

const PERIODS = new Set(['month', 'quarter', 'half', 'year'])

/** The indicator that is worth a picture: told in the most rows; the first of those that are told as often. */
export function mostTold(columns: readonly Indicator[], rows: readonly ShownRow[]): Indicator | null {
  const told = ({ code }: Indicator) => rows.filter(({ figures }) => (figures[code]?.size ?? 0) > 0).length
  return columns.toSorted((one, other) => told(other) - told(one))[0] ?? null
}
