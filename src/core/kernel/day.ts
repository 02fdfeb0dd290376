import * as v from 'valibot'

/** A civil day of Vietnam as `2023-07-12`. Never a moment: it has no hour and no zone. */
export type Day = string

const inVietnam = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' })
const clockInVietnam = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Ho_Chi_Minh', timeStyle: 'short' })

/** The civil day in Vietnam at a moment. */
export function dayAt(moment: Date): Day {
  return inVietnam.format(moment)
}

/** The time of that day in Vietnam, as `09:30`. */
export function timeAt(moment: Date): string {
  return clockInVietnam.format(moment)
}

/** Vietnam has kept UTC+7 without summer time since 13 June 1975 (IANA tz database, Asia/Ho_Chi_Minh). */
const OFFSET = '+07:00'

/** The moment at which the clocks of Vietnam show `HH:MM` on a day, whatever zone this machine is in. */
export function momentOf(day: Day, clock = '00:00'): Date {
  return new Date(`${day}T${clock.slice(0, 5)}:00${OFFSET}`)
}

/** A day as Vietnamese readers write it: `2026-09-02` → `02/9/2026`. */
export function dayWords(day: Day): string {
  const [year, month, date] = day.slice(0, 10).split('-')
  return `${date}/${Number(month)}/${year}`
}

/** True for an ISO day that exists in the calendar: `2023-02-30` does not. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const moment = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text)
}

/** The day some days later, or earlier when negative. */
export function addDays(day: Day, days: number): Day {
  const moment = new Date(`${day}T00:00:00Z`)
  moment.setUTCDate(moment.getUTCDate() + days)
  return moment.toISOString().slice(0, 10)
}

/** How many days from one day to another; negative when the second is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

/** Whether a thing that lives from day to day (null is open, both ends included) is alive on `day`. */
export function aliveOn(life: { readonly from: Day | null; readonly to: Day | null }, day: Day): boolean {
  return (life.from === null || life.from <= day) && (life.to === null || day <= life.to)
}

export const DaySchema = v.pipe(v.string(), v.trim(), v.check(isDay, 'day'))
