import { Refusal, type Ctx } from '#core/kernel/index.ts'
import {
  clusterById,
  heardSince,
  stationOf,
  stationsStanding,
  type Cluster,
  type Station,
  type StationStanding,
} from '#core/station/index.ts'
import { dayAt } from '#core/kernel/index.ts'
import { givenId } from '#web/lib/given-id.ts'

/** The station that an address names. @throws Refusal `station.not_found` */
export async function stationNamed(ctx: Ctx, given: string | undefined): Promise<Station> {
  const id = givenId<'outlet'>(given)
  const station = id && (await stationOf(ctx.db, id))
  if (!station) throw new Refusal('station.not_found')
  return station
}

/** The cluster that an address names, at its station. @throws Refusal `station.not_found`, `station.cluster.not_found` */
export async function clusterNamed(
  ctx: Ctx,
  params: Partial<Record<'id' | 'cluster', string>>,
): Promise<{ readonly station: Station; readonly cluster: Cluster }> {
  const station = await stationNamed(ctx, params.id)
  const id = givenId<'cluster'>(params.cluster)
  const cluster = id && (await clusterById(ctx.db, id))
  if (cluster?.stationId !== station.id) throw new Refusal('station.cluster.not_found')
  return { station, cluster }
}

/** How a station stands now; null once it has ended. */
export async function standingNow(ctx: Ctx, station: Station): Promise<StationStanding | null> {
  const now = ctx.clock.now()
  const [standing] = await stationsStanding(ctx.db, { only: [station.id], day: dayAt(now), since: heardSince(now) })
  return standing ?? null
}
