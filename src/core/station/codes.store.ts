import type { Db, Id } from '../kernel/index.ts'
import type { Carriage } from './station.ts'

/** Outlets of kind station by code, with how they are carried where that is known. */
export async function stationsOfCodes(
  db: Db,
  codes: readonly string[],
): Promise<Map<string, { readonly id: Id<'outlet'>; readonly carriage: Carriage | null }>> {
  if (codes.length === 0) return new Map()
  const rows = await db
    .selectFrom('outlet')
    .leftJoin('station', 'station.outletId', 'outlet.id')
    .select(['outlet.id', 'outlet.code', 'station.carriage'])
    .where('outlet.kind', '=', 'station')
    .where('outlet.code', 'in', codes)
    .execute()
  return new Map(
    // As the table checks it.
    rows.map(({ id, code, carriage }) => [code, { id: id as Id<'outlet'>, carriage: carriage as Carriage | null }]),
  )
}

/** Clusters by code, each with its station. */
export async function clusterStations(
  db: Db,
  codes: readonly string[],
): Promise<Map<string, { readonly clusterId: Id<'cluster'>; readonly stationId: Id<'outlet'> }>> {
  if (codes.length === 0) return new Map()
  const rows = await db.selectFrom('cluster').select(['id', 'code', 'stationId']).where('code', 'in', codes).execute()
  return new Map(
    rows.map(({ id, code, stationId }) => [
      code,
      { clusterId: id as Id<'cluster'>, stationId: stationId as Id<'outlet'> },
    ]),
  )
}
