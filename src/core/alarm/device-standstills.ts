import type { Ctx } from '../kernel/index.ts'
import { deviceTroubles } from '../station/index.ts'
import type { Standstill } from './alarm.ts'

/** What ails the devices of stations: one alarm for each station and kind, for a dead network silences a hundred at once. */
export async function deviceStandstills(ctx: Ctx, silentSince: Date, now: Date): Promise<Standstill[]> {
  const troubles = await deviceTroubles(ctx.db, silentSince, now)
  return troubles.map(({ kind, stationId, station, shows, organisationId, count, device, since }) => ({
    kind: `device_${kind}` as const,
    subject: stationId,
    releaseId: null,
    outletId: stationId,
    organisationId,
    facts: { station, count, device, place: shows ? 'board' : 'station' },
    since,
  }))
}
