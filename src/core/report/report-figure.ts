import type { Grade } from '../evidence/index.ts'
import type { Day, Id } from '../kernel/index.ts'
import { changeWords, countWords, estimateWords, planWords, valueWords, type Counted } from './number-words.ts'
import type { Token } from './tokens.ts'

/** What a figure of a report counts, within the report's own days and scope. */
export interface FigureKey {
  /** Code of an indicator, or `bodies`: how many bodies have any result. */
  readonly indicator: string
  readonly channel: string | null
  /** A body below and all within it, or what was noted at the scope itself. */
  readonly organisation: string | null
  readonly reach: 'within' | 'self' | 'alone'
}

/** A figure as it was answered. */
export interface FigureValue extends Counted {
  readonly byGrade: Readonly<Record<Grade, Counted>>
  /** In the period that it is compared with; null without one. */
  readonly before: Counted | null
  /** What the plan set; null where it sets none. */
  readonly target: number | null
}

/** A figure of a report, by its code in the text, with the moment as of which it was answered. */
export interface ReportFigure {
  readonly code: string
  readonly key: FigureKey
  readonly unit: string
  readonly value: FigureValue
  readonly asOf: Date
}

/** The days, the scope and the manner that all figures of a report share. */
export interface ReportScope {
  readonly from: Day
  readonly to: Day
  readonly compareFrom: Day | null
  readonly compareTo: Day | null
  /** The body whose results are told, with all below it; null for all bodies. */
  readonly scopeId: Id<'organisation'> | null
  readonly campaignId: Id<'campaign'> | null
  /** Counted once accepted at this level or above, by its place in `ACCEPTANCES`; null counts all that was sent. */
  readonly acceptedFrom: number | null
  /** The tree as of which day. */
  readonly mapDay: Day
}

/** The words of a figure in one of its forms; null where it has no such form. */
export function figureWords({ value, unit }: ReportFigure, form: Token['form'], than: string): string | null {
  switch (form) {
    case '':
      return valueWords(value, unit)
    case 'number':
      return countWords(value.counted)
    case 'estimate':
      return estimateWords(value, unit)
    case 'change':
      return value.before === null ? null : changeWords(value.counted, value.before.counted, unit, than)
    case 'plan':
      return value.target === null || value.target <= 0 ? null : planWords(value.counted, value.target)
    default:
      return null
  }
}

/** `cùng kỳ năm trước` for the same days a year before, else `kỳ trước`. */
export function thanWords({ from, to, compareFrom, compareTo }: ReportScope): string {
  const yearBefore = (day: Day) => `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`
  return compareFrom === yearBefore(from) && compareTo === yearBefore(to) ? 'cùng kỳ năm trước' : 'kỳ trước'
}

/** Whether anything that would be printed differs. */
export function sameValue(one: FigureValue, other: FigureValue): boolean {
  return plain(one) === plain(other)
}

function plain({ counted, estimated, before, target }: FigureValue): string {
  return JSON.stringify([counted, estimated, before && [before.counted, before.estimated], target])
}
