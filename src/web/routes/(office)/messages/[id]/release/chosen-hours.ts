import { dayAt, Refusal, type Day } from '#core/kernel/index.ts'
import { momentOf } from '#web/forms/moment.ts'

/** From day to day, as a campaign says; null: open at that end. */
interface Days {
  readonly dayFrom: Day | null
  readonly dayTo: Day | null
}

/** When a release goes out, as a person chose it. */
export interface HoursTyped {
  /** `now`, `own`, or the number of a period in the order in which they were shown. */
  readonly when: string
  /** `HH:MM`: at which hour of its first day a period that has not begun yet is begun. */
  readonly hour: string
  readonly startsAt: string
  /** Goes before the end of the period. */
  readonly endsAt: string
}

export interface Hours {
  readonly startsAt: Date
  readonly endsAt: Date | null
}

/**
 * The hours that were chosen: a period fills begin and end, one that has begun begins now; what the message itself says
 * about its end holds where nothing else does.
 *
 * @throws Refusal `input.required`, `input.other`, `release.period_over`
 */
export function hoursChosen(typed: HoursTyped, periods: readonly Days[], validUntil: Day | null, now: Date): Hours {
  const own = momentOf(typed.endsAt, 'endsAt')
  if (typed.when === 'own') {
    const startsAt = momentOf(typed.startsAt, 'startsAt')
    if (!startsAt) throw new Refusal('input.required', {}, 'startsAt')
    return { startsAt, endsAt: own ?? endOf(validUntil) }
  }
  const period = periods[Number(typed.when)]
  if (typed.when === 'now' || !period) return { startsAt: now, endsAt: own ?? endOf(validUntil) }
  if (isOver(period, now)) throw new Refusal('release.period_over', {}, 'when')
  const begins = period.dayFrom === null || period.dayFrom <= dayAt(now) ? now : hourOf(period.dayFrom, typed.hour)
  const ends = [endOf(period.dayTo), endOf(validUntil)].flatMap((end) => (end ? [end.getTime()] : []))
  return { startsAt: begins, endsAt: own ?? (ends.length > 0 ? new Date(Math.min(...ends)) : null) }
}

export function isOver({ dayTo }: Days, now: Date): boolean {
  return dayTo !== null && dayTo < dayAt(now)
}

function hourOf(day: Day, hour: string): Date {
  const moment = momentOf(`${day}T${hour}`, 'hour')
  if (hour === '' || !moment) throw new Refusal('input.required', {}, 'hour')
  return moment
}

/** The last minute of a day in the time of the office. */
function endOf(day: Day | null): Date | null {
  return day === null ? null : momentOf(`${day}T23:59`, 'endsAt')
}
