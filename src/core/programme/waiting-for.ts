import { addDays, dayAt, type Ctx, type Role, type Waiting } from '../kernel/index.ts'
import { idsBelow } from '../organisation/index.ts'
import { stationsOn, type Station } from '../station/index.ts'
import { PROGRAMMERS } from './keep-slot.ts'
import { waitingAt } from './play.store.ts'

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
  for (const { stationId, offered, toClose } of counts.slice(0, MOST)) {
    const facts = { station: stations.get(stationId)?.name ?? '' }
    const path = `/programme/${stationId}`
    if (offered > 0)
      waiting.push({ wording: 'programme_waiting_choose', facts: { ...facts, count: offered }, path, due: today })
    if (toClose > 0)
      waiting.push({ wording: 'programme_waiting_close', facts: { ...facts, count: toClose }, path, due: today })
  }
  return waiting
}
