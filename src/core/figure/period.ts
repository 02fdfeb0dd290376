import { addDays, type Day } from '../kernel/index.ts'

/** From the shortest to the longest. */
export const PERIOD_KINDS = ['month', 'quarter', 'half', 'nine_months', 'year'] as const
export type PeriodKind = (typeof PERIOD_KINDS)[number]
/** Those that every day lies in, one after the other: rows may be told apart by them. */
export const ROW_PERIODS = ['month', 'quarter', 'half', 'year'] as const satisfies readonly PeriodKind[]
export type RowPeriod = (typeof ROW_PERIODS)[number]

/** A period of the reporting year: the third quarter of 2026 is `{ kind: 'quarter', year: 2026, number: 3 }`. */
export interface Period {
  readonly kind: PeriodKind
  readonly year: number
  /** From 1; nine months and the year are the one of their year. */
  readonly number: number
}

const MONTHS: Readonly<Record<PeriodKind, number>> = { month: 1, quarter: 3, half: 6, nine_months: 9, year: 12 }

/**
 * The days of a period, both included. With a `firstDay` of 15, as decree 09/2019/NĐ-CP has it for periodic reports, a
 * month goes from the 15th of the month before to the 14th, the first half from 15/12 to 14/6, nine months from 15/12 to
 * 14/9, the year from 15/12 to 14/12. With 1 it is the calendar's.
 */
export function daysOf({ kind, year, number }: Period, firstDay: number): { readonly from: Day; readonly to: Day } {
  const months = MONTHS[kind]
  const begin = (number - 1) * months
  return {
    from: firstOf(year, begin, firstDay),
    to: addDays(firstOf(year, begin + months, firstDay), -1),
  }
}

/** The period of a kind that a day lies in. */
export function periodOn(day: Day, kind: RowPeriod, firstDay: number): Period {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  // A day from the cut on belongs to the month after.
  const at = year * 12 + (month - 1) + (firstDay > 1 && date >= firstDay ? 1 : 0)
  return { kind, year: Math.floor(at / 12), number: Math.floor((at % 12) / MONTHS[kind]) + 1 }
}

/** A period in one word, as addresses and rows name it: `2026-3`. */
export function periodKey({ year, number }: Period): string {
  return `${year}-${String(number).padStart(2, '0')}`
}

/** The period of such a word; null where there is none. */
export function periodOfKey(kind: PeriodKind, key: string): Period | null {
  const [, year, number] = /^(\d{4})-(\d{2})$/.exec(key) ?? []
  const period = { kind, year: Number(year), number: Number(number) }
  return period.number >= 1 && period.number <= periodsAYear(kind) ? period : null
}

export function periodsAYear(kind: PeriodKind): number {
  return kind === 'nine_months' ? 1 : 12 / MONTHS[kind]
}

/** The day on which the month `months` after January begins, in the reporting year. */
function firstOf(year: number, months: number, firstDay: number): Day {
  const start = new Date(Date.UTC(year, months - (firstDay > 1 ? 1 : 0), firstDay))
  return start.toISOString().slice(0, 10)
}
