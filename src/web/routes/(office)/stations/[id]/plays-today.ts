import { timeAt, type Ctx, type Day, type Id } from '#core/kernel/index.ts'
import { broadcastsByIds, playsOfDay } from '#core/programme/index.ts'

/** What stands in the programme of a station on a day, as it sounds; what was taken away is left out. */
export async function playsToday(ctx: Ctx, stationId: Id<'outlet'>, day: Day) {
  const plays = (await playsOfDay(ctx.db, stationId, day)).filter(({ state }) => state !== 'cancelled')
  const broadcasts = await broadcastsByIds(
    ctx.db,
    plays.map(({ broadcastId }) => broadcastId),
  )
  return plays.map(({ id, broadcastId, plannedAt, class: kind, state }) => ({
    ...{ id, kind, state, at: timeAt(plannedAt) },
    title: broadcasts.get(broadcastId)?.title ?? '',
    seconds: Math.round(broadcasts.get(broadcastId)?.seconds ?? 0),
  }))
}
