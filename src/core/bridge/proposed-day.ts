import { addDays, Refusal, type Day, type Id } from '../kernel/index.ts'
import type { SourceDay, SourceSlot } from './bridge-package.ts'

/** What a station should play on a day, as it came (lịch cấp trên gửi): its hours stand here only once somebody takes them over. */
export interface ProposedDay {
  readonly id: Id<'bridge_day'>
  readonly source: string
  /** The station as the other system names it. */
  readonly station: string
  readonly day: Day
  readonly exchangeId: Id<'bridge_exchange'>
  readonly contentHash: string
  readonly content: ProposedContent
  readonly state: 'proposed' | 'taken' | 'declined'
  /** Where it was taken over. */
  readonly stationId: Id<'outlet'> | null
  readonly slots: number
  readonly cameAt: Date
  readonly decidedAt: Date | null
  readonly decidedBy: Id<'person'> | null
  readonly reason: string
}

/** The day with the titles of what is in it, which its bulletins are known by. */
export interface ProposedContent extends SourceDay {
  readonly titles: Readonly<Record<string, string>>
}

export function whyNotDecideDay({ state }: Pick<ProposedDay, 'state'>): Refusal | null {
  return state === 'proposed' ? null : new Refusal('bridge.day_decided')
}

/** The days of a plan that are still ahead, in order, each once. */
export function daysAhead({ day, copies }: SourceDay, today: Day): Day[] {
  return [...new Set([day, ...copies])].filter((one) => one >= today).toSorted()
}

/** Days as stretches without a gap: a slot stands from a day until another. */
export function stretchesOf(days: readonly Day[]): { readonly from: Day; readonly to: Day }[] {
  const found: { from: Day; to: Day }[] = []
  for (const day of days) {
    const last = found.at(-1)
    if (last && addDays(last.to, 1) === day) last.to = day
    else found.push({ from: day, to: day })
  }
  return found
}

/** How long a slot of theirs is. @throws Refusal where no station could have it: it runs backward, over midnight or for half a day. */
export function minutesOfSlot({ begins, ends }: Pick<SourceSlot, 'begins' | 'ends'>): number {
  const at = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
  const minutes = at(ends) - at(begins)
  if (minutes < 1 || minutes > MOST_MINUTES) throw new Refusal('bridge.odd_slot', { begins, ends })
  return minutes
}

const MOST_MINUTES = 240
