import { sql } from 'kysely'
import type { Day, Db, Id } from '../kernel/index.ts'
import type { Cluster } from './cluster.ts'

const COLUMNS = [
  'id',
  'stationId',
  'code',
  'name',
  'village',
  'network',
  'latitude',
  'longitude',
  'horns',
  'languages',
  'aliveFrom',
  'aliveTo',
  'note',
] as const

export async function clusterById(db: Db, id: Id<'cluster'>): Promise<Cluster | null> {
  const row = await db.selectFrom('cluster').select(COLUMNS).where('id', '=', id).executeTakeFirst()
  return row ? asCluster(row) : null
}

export async function clusterByCode(db: Db, code: string): Promise<Cluster | null> {
  const row = await db.selectFrom('cluster').select(COLUMNS).where('code', '=', code).executeTakeFirst()
  return row ? asCluster(row) : null
}

/** Clusters of a station that are alive on `day`, by code. */
export async function clustersOf(db: Db, stationId: Id<'outlet'>, day: Day): Promise<Cluster[]> {
  const rows = await db
    .selectFrom('cluster')
    .select(COLUMNS)
    .where('stationId', '=', stationId)
    .where((eb) => eb.or([eb('aliveFrom', 'is', null), eb('aliveFrom', '<=', day)]))
    .where((eb) => eb.or([eb('aliveTo', 'is', null), eb('aliveTo', '>=', day)]))
    .orderBy('code')
    .execute()
  return rows.map(asCluster)
}

/** What clusters that are alive on `day` say of who listens there, by the place of their station; places of those that say nothing are left out. */
export async function languagesOfClusters(db: Db, day: Day): Promise<ReadonlyMap<Id<'place'>, readonly string[]>> {
  const { rows } = await sql<{ placeId: Id<'place'>; languages: string[] }>`
    select outlet.place_id as "placeId", array_agg(distinct language order by language) as languages
    from cluster join outlet on outlet.id = cluster.station_id cross join lateral unnest(cluster.languages) as language
    where (cluster.alive_from is null or cluster.alive_from <= ${day}) and (cluster.alive_to is null or cluster.alive_to >= ${day})
    group by outlet.place_id`.execute(db)
  return new Map(rows.map(({ placeId, languages }) => [placeId, languages]))
}

/** Adds clusters, or amends those of the same code; which station they belong to never changes. */
export async function upsertClusters(db: Db, clusters: readonly Cluster[]): Promise<void> {
  for (let at = 0; at < clusters.length; at += 500) {
    const rows = clusters.slice(at, at + 500).map((one) => ({ ...one, languages: [...one.languages] }))
    await db
      .insertInto('cluster')
      .values(rows)
      .onConflict((clash) =>
        clash.column('code').doUpdateSet((eb) => ({
          name: eb.ref('excluded.name'),
          village: eb.ref('excluded.village'),
          network: eb.ref('excluded.network'),
          latitude: eb.ref('excluded.latitude'),
          longitude: eb.ref('excluded.longitude'),
          horns: eb.ref('excluded.horns'),
          languages: eb.ref('excluded.languages'),
          aliveFrom: eb.ref('excluded.aliveFrom'),
          aliveTo: eb.ref('excluded.aliveTo'),
          note: eb.ref('excluded.note'),
        })),
      )
      .execute()
  }
}

/** Ends the clusters of a station that live on after `day`; one of them, or all. */
export async function endClusters(db: Db, of: Id<'outlet'>, only: Id<'cluster'> | null, day: Day): Promise<void> {
  let query = db
    .updateTable('cluster')
    .set({ aliveTo: day })
    .where('stationId', '=', of)
    .where((eb) => eb.or([eb('aliveTo', 'is', null), eb('aliveTo', '>', day)]))
    // One that was to begin later never began.
    .where((eb) => eb.or([eb('aliveFrom', 'is', null), eb('aliveFrom', '<=', day)]))
  if (only) query = query.where('id', '=', only)
  await query.execute()
}

function asCluster(row: Record<string, unknown>): Cluster {
  return row as unknown as Cluster // networks as the import checked them
}
