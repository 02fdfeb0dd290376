import type { Ctx, Id } from '../kernel/index.ts'
import { daysAhead } from '../station/index.ts'
import { scheduledPlays, type ScheduledPlay } from './play.store.ts'

/** What began within the hour still stands in what devices are told. */
const BEGUN_MINUTES = 60
/** Plays that were due longer ago no device speaks of (docs/speaker-protocol.md, 6). */
const SPOKEN_OF_DAYS = 7
/** As many as one schedule may hold (platform/speakers/protocol.ts). */
const MOST_PLAYS = 5_000
const MOST_BROADCASTS = 500

export type ScheduledBroadcast = ScheduledPlay['broadcast']

export interface Schedule {
  /** Recordings to have at hand: of what plays, and of what the commune may yet choose. */
  readonly broadcasts: readonly ScheduledBroadcast[]
  /** In the order in which they sound: `at` is when their slot begins, `ord` the place in it. */
  readonly plays: readonly {
    readonly id: Id<'play'>
    readonly broadcastId: Id<'broadcast'>
    readonly at: Date
    readonly ord: number
  }[]
}

/** What the devices of a station are to hold and to play in the days ahead, emergencies left out. */
export async function scheduleOf(ctx: Ctx, stationId: Id<'outlet'>): Promise<Schedule> {
  const now = ctx.clock.now()
  const from = new Date(now.getTime() - BEGUN_MINUTES * 60_000)
  const to = new Date(now.getTime() + daysAhead() * 86_400_000)
  const found = await scheduledPlays(ctx.db, stationId, { from, to, now, emergency: false }, MOST_PLAYS)
  const broadcasts = new Map<Id<'broadcast'>, ScheduledBroadcast>()
  for (const { broadcast } of found) if (broadcasts.size < MOST_BROADCASTS) broadcasts.set(broadcast.id, broadcast)
  const playing = found.filter(({ state, broadcastId }) => state === 'chosen' && broadcasts.has(broadcastId))
  const plays = [...Map.groupBy(playing, ({ plannedAt }) => plannedAt.getTime()).values()].flatMap((together) =>
    together.map(({ id, broadcastId, plannedAt }, ord) => ({ id, broadcastId, at: plannedAt, ord })),
  )
  return { broadcasts: [...broadcasts.values()], plays }
}

/**
 * What is to sound at a station at once and above everything; none when it was taken back, is no longer valid, or is so old
 * that a device may have forgotten that it played it.
 */
export async function emergenciesOf(
  ctx: Ctx,
  stationId: Id<'outlet'>,
): Promise<readonly { readonly broadcast: ScheduledBroadcast; readonly playId: Id<'play'> }[]> {
  const now = ctx.clock.now()
  const from = new Date(now.getTime() - SPOKEN_OF_DAYS * 86_400_000)
  const all = { from, to: new Date(now.getTime() + 60_000), now, emergency: true }
  const found = await scheduledPlays(ctx.db, stationId, all, MOST_BROADCASTS)
  return found.map(({ id: playId, broadcast }) => ({ broadcast, playId }))
}
