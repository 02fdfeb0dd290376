import { dayAt, type Ctx, type Waiting } from '../kernel/index.ts'
import { stationsProgrammedBy } from '../programme/index.ts'
import { countProposedDays } from './proposed-day.store.ts'

/** More than this a page does not show. */
const MOST = 20

/** Days from above that a commune may take over into the programme of its station. */
export async function waitingFor(ctx: Ctx): Promise<Waiting[]> {
  if (ctx.actor.kind !== 'person') return []
  const own = new Map((await stationsProgrammedBy(ctx, ['field_officer'])).map((one) => [one.code, one.name]))
  const counts = await countProposedDays(ctx.db, [...own.keys()], dayAt(ctx.clock.now()))
  return counts.slice(0, MOST).map(({ station, count, first }) => ({
    wording: 'bridge_waiting_days',
    facts: { station: own.get(station) ?? station, count },
    path: `/bridge/days?station=${encodeURIComponent(station)}`,
    due: first,
  }))
}
