import { addDays, dayAt, momentOf, type Day } from '../kernel/index.ts'

/** 29 February comes round after eight years at the latest. */
const LOOKS_BACK_DAYS = 8 * 366
/** A run is overdue so many minutes after its time: pg-boss looks twice a minute, and a job takes its time. */
export const OVERDUE_AFTER_MINUTES = 10

/** A job that comes round, with when it last ran to its end. */
export interface Schedule {
  readonly job: string
  /** Cron expression of five fields in the time of Vietnam. */
  readonly every: string
  /** Since when the system knows of it: nothing was due before. */
  readonly knownSince: Date
  readonly ranAt: Date | null
}

/** The last time at or before `at` that the cron expression names; null when it names none within eight years. */
export function lastTimeOf(every: string, at: Date): Date | null {
  const [minutes, hours, days, months, weekdays] = fieldsOf(every)
  const today = dayAt(at)
  for (let back = 0; back < LOOKS_BACK_DAYS; back += 1) {
    const day = addDays(today, -back)
    if (!onDay(day, days, months, weekdays)) continue
    for (const hour of hours.values.toReversed()) {
      for (const minute of minutes.values.toReversed()) {
        const time = timeOn(day, hour, minute)
        if (time <= at) return time
      }
    }
  }
  return null
}

/** When the run that is missing was due; null when none is. */
export function overdueSince(schedule: Schedule, now: Date): Date | null {
  const due = lastTimeOf(schedule.every, new Date(now.getTime() - OVERDUE_AFTER_MINUTES * 60_000))
  if (due === null || due <= schedule.knownSince) return null
  return schedule.ranAt === null || schedule.ranAt < due ? due : null
}

function timeOn(day: Day, hour: number, minute: number): Date {
  const two = (number: number) => String(number).padStart(2, '0')
  return momentOf(day, `${two(hour)}:${two(minute)}`)
}

function onDay(day: Day, days: Field, months: Field, weekdays: Field): boolean {
  const moment = new Date(`${day}T00:00:00Z`)
  if (!months.values.includes(moment.getUTCMonth() + 1)) return false
  const [dated, named] = [days.values.includes(moment.getUTCDate()), weekdays.values.includes(moment.getUTCDay())]
  // crontab(5): when both the day of the month and the day of the week are restricted, either will do.
  return days.any || weekdays.any ? dated && named : dated || named
}

interface Field {
  readonly values: readonly number[]
  /** True for `*`. */
  readonly any: boolean
}

/** Minute, hour, day of the month, month, day of the week. */
const RANGES = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const

function fieldsOf(every: string): [Field, Field, Field, Field, Field] {
  const parts = every.trim().split(/\s+/)
  if (parts.length !== RANGES.length) throw new Error(`"${every}" is no cron expression of five fields`)
  const fields = RANGES.map(([from, to], at) => fieldOf(parts[at] ?? '', from, to))
  return fields as [Field, Field, Field, Field, Field] // as many as RANGES
}

function fieldOf(text: string, from: number, to: number): Field {
  const values = new Set<number>()
  for (const part of text.split(',')) {
    const [, star, low, high, step] = /^(?:(\*)|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part) ?? []
    if (star === undefined && low === undefined) throw new Error(`"${part}" is no part of a cron expression we read`)
    const first = star ? from : Number(low)
    const last = star || (step && high === undefined) ? to : Number(high ?? low)
    // Sunday is 0 and 7.
    for (let value = first; value <= last; value += Number(step ?? 1)) values.add(to === 7 ? value % 7 : value)
  }
  return { values: [...values].sort((one, other) => one - other), any: text === '*' }
}
