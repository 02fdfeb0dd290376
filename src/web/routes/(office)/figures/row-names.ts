import type { Words } from '#app/wording/words.ts'
import { ACCEPTANCES, type Catalogue } from '#core/evidence/index.ts'
import {
  daysOf,
  isBreakdown,
  MACHINE_ACCEPTANCE,
  periodOfKey,
  ROW_PERIODS,
  type FigureRow,
  type Figures,
  type Question,
} from '#core/figure/index.ts'
import { daysWords } from '#web/lib/date-words.ts'

/** Names that facts say by an id or a code, for all rows of a page. */
export interface Names {
  readonly catalogue: Catalogue
  readonly themes: ReadonlyMap<string, string>
}

/** What a row is called, in the words that readers know it by. */
export function rowName(w: Words, { question, tree }: Figures, row: FigureRow, names: Names): string {
  const { kind, id } = row
  if (kind === 'value') return valueName(w, question, id, names)
  const name = (id && tree?.node(id)?.name) || ''
  if (kind === 'below') return name
  if (kind === 'self') return w('figure_row_self', { name: name || w('figure_everywhere') })
  return w(kind === 'divided' ? 'figure_row_divided' : 'figure_row_ended', { name })
}

/** What a value of a dimension is called. */
export function valueName(w: Words, { by, firstDay }: Question, id: string, { catalogue, themes }: Names): string {
  const said = (key: string) => (w.has(key) ? w(key) : id)
  const period = ROW_PERIODS.find((one) => one === by)
  if (period) return periodName(w, period, id, firstDay)
  if (isBreakdown(by)) {
    const part = catalogue.parts.find(({ breakdown, code }) => breakdown === by && code === id)
    return part?.name ?? (id === '' ? w('figure_not_told_apart') : id)
  }
  if (by === 'acceptance') {
    const level = Number(id)
    return level === MACHINE_ACCEPTANCE
      ? w('figure_accepted_machine')
      : w(`figure_accepted_${ACCEPTANCES[level] ?? 'none'}`)
  }
  if (id === '') return w(`figure_no_${by}`)
  if (by === 'theme') return themes.get(id) ?? w('figure_theme_gone')
  return by === 'grade' ? w(`evidence_grade_${id}`) : by === 'audience' ? id : said(`${by}_${id}`)
}

function periodName(w: Words, kind: (typeof ROW_PERIODS)[number], key: string, firstDay: number): string {
  const period = periodOfKey(kind, key)
  if (!period) return key
  const { from, to } = daysOf(period, firstDay)
  return w(`figure_period_${kind}`, { ...period, year: String(period.year), days: daysWords(from, to) })
}
