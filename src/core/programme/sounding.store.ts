import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'

/**
 * Stations over IP with a device that was given the warning of a release and has not said what became of it, so that it may
 * be sounding there; and for how many seconds it sounds, in all its languages.
 */
export async function stillSounding(
  db: Db,
  releaseId: Id<'release'>,
): Promise<{ readonly stationIds: readonly Id<'outlet'>[]; readonly seconds: number }> {
  const { rows } = await sql<{ stationIds: Id<'outlet'>[]; seconds: number }>`
    select array(
      select distinct play.station_id from play join play_end on play_end.play_id = play.id and play_end.state = 'expected'
      join station on station.outlet_id = play.station_id and station.carriage = 'ip'
      where play.release_id = ${releaseId}::uuid and play.class = 'emergency' and play.state = 'chosen' and play_end.device_id is not null
      order by 1
    ) as station_ids, (select coalesce(sum(seconds), 0)::float8 from broadcast where release_id = ${releaseId}::uuid) as seconds`.execute(
    db,
  )
  return rows[0] ?? { stationIds: [], seconds: 0 }
}

/** Stations over IP to whose devices a warning was given. */
export async function stationsWarned(db: Db, releaseId: Id<'release'>): Promise<Id<'outlet'>[]> {
  const rows = await db
    .selectFrom('play')
    .innerJoin('station', 'station.outletId', 'play.stationId')
    .select('play.stationId')
    .distinct()
    .where('play.releaseId', '=', releaseId)
    .where('play.class', '=', 'emergency')
    .where('station.carriage', '=', 'ip')
    .orderBy('play.stationId')
    .execute()
  return rows.map(({ stationId }) => stationId as Id<'outlet'>) // as stored
}
