import type { Day } from '../../kernel/index.ts'

const DAY_MS = 86_400_000

/** Days since 1970-01-01. */
export function dayNumber(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS
}

export function dayOf(number: number): Day {
  return new Date(number * DAY_MS).toISOString().slice(0, 10)
}

/** The first day of the calendar month that the reporting month of a day is named after. */
export function reportingMonth(day: number, firstDay: number): Day {
  const shifted = new Date((day - (firstDay - 1)) * DAY_MS)
  return new Date(Date.UTC(shifted.getUTCFullYear(), shifted.getUTCMonth() + (firstDay > 1 ? 1 : 0)))
    .toISOString()
    .slice(0, 10)
}
