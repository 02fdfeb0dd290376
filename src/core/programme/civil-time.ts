import type { Day } from '../kernel/index.ts'

/** 0 Monday … 6 Sunday. */
export function weekdayOf(day: Day): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
}

/** Minutes since midnight of `HH:MM`. */
export function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
}

/** Minutes since midnight as `HH:MM`; over midnight it begins anew. */
export function clockOf(minutes: number): string {
  const whole = ((Math.floor(minutes) % 1_440) + 1_440) % 1_440
  return `${String(Math.floor(whole / 60)).padStart(2, '0')}:${String(whole % 60).padStart(2, '0')}`
}

/** Whether a day falls in a season that comes every year, both ends included, as `11-01` to `03-31` over the new year. */
export function inSeason(day: Day, from: string, to: string): boolean {
  const date = day.slice(5)
  return from <= to ? from <= date && date <= to : from <= date || date <= to
}
