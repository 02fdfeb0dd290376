import type { Day, Id } from '../kernel/index.ts'
import { inSeason, minutesOf, weekdayOf } from './civil-time.ts'
import { isMarketDay, readMarket } from './market.ts'

/** Slot (khung giờ phát) of a station: on which days, from when, how many minutes. */
export interface Slot {
  readonly id: Id<'slot'>
  readonly stationId: Id<'outlet'>
  readonly name: string
  /** Bits: 1 Monday, 2 Tuesday … 64 Sunday. */
  readonly weekdays: number
  /** See `readMarket`; empty where no market is kept to. */
  readonly market: string
  /** `HH:MM` in the time of Vietnam. */
  readonly begins: string
  readonly minutes: number
  readonly fromDay: Day | null
  readonly toDay: Day | null
  /** Month and day, as `11-01`; both or neither. */
  readonly seasonFrom: string | null
  readonly seasonTo: string | null
}

type Days = Pick<Slot, 'weekdays' | 'market' | 'fromDay' | 'toDay' | 'seasonFrom' | 'seasonTo'>

/** Whether it falls on a day: one of its weekdays or of its market, while it stands and in its season. */
export function fallsOn(slot: Days, day: Day): boolean {
  const { fromDay, toDay, seasonFrom, seasonTo } = slot
  if ((fromDay !== null && day < fromDay) || (toDay !== null && day > toDay)) return false
  if (seasonFrom !== null && seasonTo !== null && !inSeason(day, seasonFrom, seasonTo)) return false
  return (slot.weekdays & (1 << weekdayOf(day))) !== 0 || isOfMarket(slot, day)
}

/** Whether it falls on a day for its market: the weekdays that it has besides are none. */
export function fallsOnMarket(slot: Days, day: Day): boolean {
  return fallsOn(slot, day) && isOfMarket(slot, day)
}

function isOfMarket({ market: text }: Pick<Slot, 'market'>, day: Day): boolean {
  const market = readMarket(text)
  return market !== null && isMarketDay(market, day)
}

/** Whether two slots could ever sound at once: on some day both fall, at hours that overlap. */
export function mayOverlap(one: Omit<Slot, 'id' | 'name'>, other: Omit<Slot, 'id' | 'name'>): boolean {
  const [from, to] = [minutesOf(one.begins), minutesOf(other.begins)]
  if (from >= to + other.minutes || to >= from + one.minutes) return false
  if (one.toDay !== null && other.fromDay !== null && one.toDay < other.fromDay) return false
  if (other.toDay !== null && one.fromDay !== null && other.toDay < one.fromDay) return false
  const sameDays = (one.weekdays & other.weekdays) !== 0 || one.market !== '' || other.market !== ''
  return sameDays && seasonsMeet(one, other)
}

function seasonsMeet(one: Omit<Slot, 'id' | 'name'>, other: Omit<Slot, 'id' | 'name'>): boolean {
  if (one.seasonFrom === null || one.seasonTo === null || other.seasonFrom === null || other.seasonTo === null)
    return true
  const inOther = (date: string) => inSeason(`2024-${date}`, other.seasonFrom ?? '', other.seasonTo ?? '')
  return (
    inOther(one.seasonFrom) ||
    inOther(one.seasonTo) ||
    inSeason(`2024-${other.seasonFrom}`, one.seasonFrom, one.seasonTo)
  )
}
