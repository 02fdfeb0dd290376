import { addDays, dayAt, type Ctx, type Role, type Waiting } from '../kernel/index.ts'
import { idsBelow } from '../organisation/index.ts'
import { stationsOn, type Station } from '../station/index.ts'
import { waitingAt } from './day-count.store.ts'
import { PROGRAMMERS } from './keep-slot.ts'

/** More than this a page does not show. */
const MOST = 20

/** The stations whose programme this person may decide about, by code; in one of these roles. */
export async function stationsProgrammedBy(
  { actor, db, clock }: Ctx,
  roles: readonly Role[] = PROGRAMMERS,
): Promise<Station[]> {
  const all = await stationsOn(db, dayAt(clock.now()))
  if (actor.kind !== 'person') return actor.kind === 'system' ? all : []
  const own = actor.grants.filter(({ role }) => roles.includes(role)).map(({ organisationId }) => organisationId)
  if (own.length === 0) return []
  const below = new Set(await idsBelow(db, [...new Set(own)]))
  return all.filter(({ organisationId }) => below.has(organisationId))
}

/** Notices that the commune may still choose for today and tomorrow, and days played by hand that nobody has closed. */
export async function waitingFor(ctx: Ctx): Promise<Waiting[]> {
  if (ctx.actor.kind !== 'person') return []
  // What a commune decides waits for the commune, not for those above it.
  const own = await stationsProgrammedBy(ctx, ['field_officer'])
  const today = dayAt(ctx.clock.now())
  const stations = new Map(own.map((station) => [station.id, station]))
  const counts = await waitingAt(ctx.db, [...stations.keys()], ctx.clock.now(), addDays(today, 1))
  const waiting: Waiting[] = []
  for (const { stationId, offered, toClose, offeredOn, toCloseOn } of counts.slice(0, MOST)) {
    const facts = { station: stations.get(stationId)?.name ?? '' }
    // In the evening nothing of today is left to choose: straight to the day that waits.
    const on = (day: string | null) => `/programme/${stationId}${day ? `?day=${day}` : ''}`
    const say = (wording: string, count: number, day: string | null) =>
      count > 0 ? [{ wording, facts: { ...facts, count }, path: on(day), due: today }] : []
    waiting.push(...say('programme_waiting_choose', offered, offeredOn))
    waiting.push(...say('programme_waiting_close', toClose, toCloseOn))
  }
  return waiting
}
