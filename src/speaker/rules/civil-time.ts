import type { ScheduleBody } from '../../platform/speakers/protocol.ts'

/** Hours of the village, "HH:MM"; may go over midnight. */
export interface Hours {
  readonly from: string
  readonly to: string
}

/** Viet Nam keeps UTC+7 all the year (decision 134/2002/QĐ-TTg). */
const VIETNAM_MS = 7 * 3_600_000
const MINUTE_MS = 60_000
const MINUTES_A_DAY = 1_440

/** Minutes since midnight in the village. */
export function minuteOfDay(ms: number): number {
  const minute = Math.floor((ms + VIETNAM_MS) / MINUTE_MS) % MINUTES_A_DAY
  return minute < 0 ? minute + MINUTES_A_DAY : minute
}

/** Whether any moment from `fromMs` until before `untilMs` lies in the hours. The same hour twice means no hours at all. */
export function touches(hours: Hours, fromMs: number, untilMs: number): boolean {
  const begin = minutesOf(hours.from)
  const length = (minutesOf(hours.to) - begin + MINUTES_A_DAY) % MINUTES_A_DAY
  if (length === 0) return false
  const since = (minuteOfDay(fromMs) - begin + MINUTES_A_DAY) % MINUTES_A_DAY
  if (since < length) return true
  const nextMs = Math.floor(fromMs / MINUTE_MS) * MINUTE_MS + (MINUTES_A_DAY - since) * MINUTE_MS
  return nextMs < untilMs
}

/**
 * How loud, 0 to 100: by the hour where the schedule names it, else its general volume. `own` is what somebody set at this
 * device alone: it takes the place of the general volume, and in an hour with a volume of its own the lower of the two holds.
 */
export function volumeAt(
  schedule: Pick<ScheduleBody, 'volume' | 'volumeHours'> | null,
  own: number | null,
  ms: number,
): number {
  const byHour = schedule?.volumeHours.find((hours) => touches(hours, ms, ms + 1))?.volume
  if (byHour !== undefined) return own === null ? byHour : Math.min(own, byHour)
  return own ?? schedule?.volume ?? VOLUME_UNSAID
}

/** Before the first schedule nobody has said how loud. */
const VOLUME_UNSAID = 60

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return hours * 60 + minutes
}
