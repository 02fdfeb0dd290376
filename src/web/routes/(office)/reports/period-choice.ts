import {
  daysOf,
  periodKey,
  periodOfKey,
  periodOn,
  periodsAYear,
  type Period,
  type RowPeriod,
} from '#core/figure/index.ts'
import { isDay, Refusal, type Day } from '#core/kernel/index.ts'
import type { Words } from '#app/wording/words.ts'
import { dayWords } from '#web/lib/date-words.ts'
import { fieldOf } from '#web/forms/act.ts'

/** Periodic reports begin on the 15th of the month before (circular 09/2019/TT-NHNN). */
const FIRST_DAY = 15
/** So many of each kind are offered, the running one first. */
const OFFERED: readonly (readonly [RowPeriod, number])[] = [
  ['month', 3],
  ['quarter', 2],
  ['half', 2],
  ['year', 2],
]

/** Periods of the reporting regime that end around today, and any days by hand. */
export function periodChoices(w: Words, today: Day) {
  const periods = OFFERED.flatMap(([kind, count]) => {
    const first = periodOn(today, kind, FIRST_DAY)
    return Array.from({ length: count }, (_, back) => earlier(first, back))
  })
  return [
    ...periods.map((period) => {
      const { from, to } = daysOf(period, FIRST_DAY)
      const name = w(`report_period_${period.kind}`, { number: period.number, year: String(period.year) })
      return { value: `${period.kind}:${periodKey(period)}`, name: `${name} (${dayWords(from)} – ${dayWords(to)})` }
    }),
    { value: 'days', name: w('report_period_days') },
  ]
}

/** What a form says of its days and of what they are compared with. @throws Refusal `report.no_period` */
export function periodOfForm(data: FormData) {
  const chosen = fieldOf(data, 'period')
  const [kind = '', key = ''] = chosen.split(':')
  const known = OFFERED.find(([one]) => one === kind)?.[0]
  const period = known ? periodOfKey(known, key) : null
  const days = period ? daysOf(period, FIRST_DAY) : { from: fieldOf(data, 'from'), to: fieldOf(data, 'to') }
  if (!isDay(days.from) || !isDay(days.to)) throw new Refusal('report.no_period', {}, period ? 'period' : 'from')
  return { ...days, ...comparedWith(fieldOf(data, 'compare'), days, period) }
}

function comparedWith(how: string, days: { from: Day; to: Day }, period: Period | null) {
  if (how === 'year') return { compareFrom: yearBefore(days.from), compareTo: yearBefore(days.to) }
  if (how !== 'before') return { compareFrom: null, compareTo: null }
  if (!period) throw new Refusal('report.no_period_before', {}, 'compare')
  const { from, to } = daysOf(earlier(period, 1), FIRST_DAY)
  return { compareFrom: from, compareTo: to }
}

function earlier({ kind, year, number }: Period, by: number): Period {
  const count = periodsAYear(kind)
  const at = year * count + (number - 1) - by
  return { kind, year: Math.floor(at / count), number: (((at % count) + count) % count) + 1 }
}

/** The 29th of February has the 28th a year before. */
function yearBefore(day: Day): Day {
  const same = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`
  return isDay(same) ? same : `${same.slice(0, 8)}28`
}
