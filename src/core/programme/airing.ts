import * as v from 'valibot'
import { addDays, DaySchema, type Day } from '../kernel/index.ts'
import { weekdayOf } from './civil-time.ts'

export const AIRING_WAYS = ['daily', 'weekly', 'market'] as const

/** How often a release is to be heard in a part of its time (lịch phát). */
export const Period = v.object({
  from: DaySchema,
  to: DaySchema,
  /** On every day; on some days of each week; or in slots of market days alone. */
  on: v.picklist(AIRING_WAYS),
  /** Days a week, where it is `weekly`. */
  timesAWeek: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(7)), 2),
  /** Slots a day; null: each slot of the day. */
  timesADay: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(24)), null),
})
export type Period = v.InferOutput<typeof Period>

/** One part over days from one to another; where nobody said otherwise ordinary ones are offered once a day, the rest in each slot. */
export function defaultAiring(lane: 'emergency' | 'priority' | 'ordinary', from: Day, to: Day): Period[] {
  return [{ from, to, on: 'daily', timesAWeek: 7, timesADay: lane === 'ordinary' ? 1 : null }]
}

/** Days from one to another, both included. */
export function daysFrom(from: Day, to: Day): Day[] {
  const days: Day[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  return days
}

export function mondayOf(day: Day): Day {
  return addDays(day, -weekdayOf(day))
}

/** So many of these days, as evenly apart as they can be; all of them where there are no more. */
export function spread(days: readonly Day[], times: number): Day[] {
  if (days.length <= times) return [...days]
  return Array.from({ length: times }, (_, at) => days[Math.floor(((at + 0.5) * days.length) / times)] ?? '')
}
