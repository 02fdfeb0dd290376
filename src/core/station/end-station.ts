import * as v from 'valibot'
import { action, addDays, dayAt, idOf, Refusal, type Ctx, type Id } from '../kernel/index.ts'
import { endOutlet } from '../outlet/index.ts'
import { clusterById, endClusters } from './cluster.store.ts'
import { revokeDevices } from './device.store.ts'
import { KEEPERS } from './keep-station.ts'
import { stationOf, touchStation } from './station.store.ts'

const reason = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200))

/** Ends a station today with its clusters and revokes their devices; what it played stays in the record. Answers how many. */
export const endStation = action('station.end', {
  input: v.object({ stationId: idOf<'outlet'>(), reason }),
  may: {
    who: 'roles',
    roles: ['administrator', 'campaign_officer'],
    within: async (ctx, { stationId }) => (await stationOf(ctx.db, stationId))?.organisationId ?? null,
  },
  records: ({ stationId, reason: why }, devices: number) => ({
    subject: 'station',
    subjectId: stationId,
    facts: { devices, reason: why },
  }),
  async run(ctx, { stationId, reason: why }) {
    const station = await stationOf(ctx.db, stationId)
    if (!station) throw new Refusal('station.not_found')
    await endOutlet(ctx.db, stationId, lastDay(ctx))
    await endClusters(ctx.db, stationId, null, lastDay(ctx))
    return endDevices(ctx, stationId, ['stationId', stationId], why)
  },
})

/** Ends a cluster today and revokes the devices there. Answers how many. */
export const endCluster = action('station.end_cluster', {
  input: v.object({ clusterId: idOf<'cluster'>(), reason }),
  may: { who: 'roles', roles: KEEPERS, within: (ctx, { clusterId }) => bodyOfCluster(ctx, clusterId) },
  records: ({ clusterId, reason: why }, devices: number) => ({
    subject: 'cluster',
    subjectId: clusterId,
    facts: { devices, reason: why },
  }),
  async run(ctx, { clusterId, reason: why }) {
    const cluster = await clusterById(ctx.db, clusterId)
    if (!cluster) throw new Refusal('station.no_cluster')
    await endClusters(ctx.db, cluster.stationId, clusterId, lastDay(ctx))
    return endDevices(ctx, cluster.stationId, ['clusterId', clusterId], why)
  },
})

/** What ends today is alive until yesterday, so that it is gone at once and not at midnight. */
const lastDay = (ctx: Ctx) => addDays(dayAt(ctx.clock.now()), -1)

async function endDevices(
  ctx: Ctx,
  stationId: Id<'outlet'>,
  which: readonly ['clusterId' | 'stationId', string],
  why: string,
): Promise<number> {
  const revoked = await revokeDevices(ctx.db, which, why, ctx.clock.now())
  await touchStation(ctx.db, stationId)
  return revoked.length
}

async function bodyOfCluster(ctx: Ctx, clusterId: Id<'cluster'>): Promise<Id<'organisation'> | null> {
  const cluster = await clusterById(ctx.db, clusterId)
  return cluster ? ((await stationOf(ctx.db, cluster.stationId))?.organisationId ?? null) : null
}
