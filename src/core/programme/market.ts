import { getLunarDate } from '@dqcai/vn-lunar'
import { daysBetween, isDay, type Day } from '../kernel/index.ts'

/** When a market is held: on days of the lunar month, or every so many days counted from one on which it was. */
export type Market =
  | { readonly kind: 'lunar'; readonly days: readonly number[] }
  | { readonly kind: 'cycle'; readonly every: number; readonly from: Day }

/** A day of the Vietnamese lunar calendar; `leap`: of the month that is there twice in its year. */
export interface LunarDay {
  readonly day: number
  readonly month: number
  readonly year: number
  readonly leap: boolean
}

/** The lunar day of a civil day, 1900 to 2100. */
export function lunarOf(day: Day): LunarDay {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const found = getLunarDate(date, month, year)
  return { day: found.day, month: found.month, year: found.year, leap: found.leap }
}

/** Reads `lunar 5,10,15` or `cycle 12 2026-11-26`; null for anything else. */
export function readMarket(text: string): Market | null {
  const lunar = /^lunar ((?:\d{1,2},)*\d{1,2})$/.exec(text)
  if (lunar) {
    const days = (lunar[1] ?? '').split(',').map(Number)
    return days.every((day) => day >= 1 && day <= 30) ? { kind: 'lunar', days } : null
  }
  const cycle = /^cycle (\d{1,2}) (\S+)$/.exec(text)
  if (!cycle) return null
  const [every, from] = [Number(cycle[1]), cycle[2] ?? '']
  return every >= 2 && every <= 60 && isDay(from) ? { kind: 'cycle', every, from } : null
}

export function writeMarket(market: Market): string {
  if (market.kind === 'cycle') return `cycle ${market.every} ${market.from}`
  return `lunar ${[...new Set(market.days)].sort((one, other) => one - other).join(',')}`
}

/** Whether the market is held that day. A month without a thirtieth has no market of the thirtieth. */
export function isMarketDay(market: Market, day: Day): boolean {
  if (market.kind === 'lunar') return market.days.includes(lunarOf(day).day)
  return daysBetween(market.from, day) % market.every === 0
}
