import { sql } from 'kysely'
import type { Day, Db, Id } from '../kernel/index.ts'
import type { Play } from './programme.ts'

/** A station that plays a release, and how often. */
export interface StationOfRelease {
  readonly id: Id<'outlet'>
  readonly name: string
  readonly plays: number
}

/** Stations at which something of a release is laid, by their names. */
export async function stationsOfRelease(db: Db, releaseId: Id<'release'>): Promise<StationOfRelease[]> {
  const { rows } = await sql<StationOfRelease>`
    select outlet.id, outlet.name, count(*)::int as plays from play join outlet on outlet.id = play.station_id
    where play.release_id = ${releaseId}::uuid and play.state <> 'cancelled' and play.slot_id is not null
    group by outlet.id, outlet.name order by outlet.name, outlet.id`.execute(db)
  return rows
}

export interface PlayOfRelease extends Omit<
  Play,
  'stationId' | 'broadcastId' | 'releaseId' | 'deliveryId' | 'ord' | 'decidedAt'
> {
  readonly language: string
}

/** Plays of a release in the slots of one station on days from one to another, as they sound. */
export async function playsOfRelease(
  db: Db,
  releaseId: Id<'release'>,
  stationId: Id<'outlet'>,
  from: Day,
  to: Day,
): Promise<PlayOfRelease[]> {
  const { rows } = await sql<PlayOfRelease>`
    select play.id, play.day::text as day, play.slot_id, play.planned_at, play.class, play.state, play.decided_by,
      play.reason, play.off_day_id, broadcast.language
    from play join broadcast on broadcast.id = play.broadcast_id
    where play.release_id = ${releaseId}::uuid and play.station_id = ${stationId}::uuid and play.state <> 'cancelled'
      and play.slot_id is not null and play.day between ${from}::date and ${to}::date
    order by play.planned_at, play.ord, play.id`.execute(db)
  return rows
}
