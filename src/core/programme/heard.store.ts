import { sql } from 'kysely'
import type { Day, Db, Id } from '../kernel/index.ts'
import type { EndState } from './programme.ts'

/** What is added up: a whole release, or what one station plays of all of them on some days. */
export type HeardScope =
  { readonly releaseId: Id<'release'> } | { readonly stationId: Id<'outlet'>; readonly from: Day; readonly to: Day }

/** What plays add up to. Lengths are exact, in seconds; `minutes` are those of the figures, whole ones. */
export interface HeardSums {
  /** Plays that were not taken away, and how long they were to sound. */
  readonly planned: number
  readonly plannedSeconds: number
  /** Plays that sounded at a device or by hand, whole or in part, each where it was heard longest. */
  readonly heard: number
  readonly heardSeconds: number
  /** What stands among the figures. */
  readonly plays: number
  readonly minutes: number
}

/** One broadcast at one station; without one where people said that a row was carried out and nobody knows of single plays. */
export interface HeardRow extends HeardSums {
  readonly stationId: Id<'outlet'>
  readonly station: string
  readonly place: string
  readonly releaseId: Id<'release'>
  readonly deliveryId: Id<'delivery'>
  readonly broadcastId: Id<'broadcast'> | null
  readonly title: string
  readonly language: string
}

/** The row a page ends with. */
export type AfterHeard = Pick<HeardRow, 'stationId' | 'releaseId' | 'broadcastId'>

const NONE = '00000000-0000-0000-0000-000000000000'

/** Every play with what it adds, and every row that counts by itself. */
function added(scope: HeardScope) {
  const plays =
    'releaseId' in scope
      ? sql`play.release_id = ${scope.releaseId}::uuid`
      : sql`play.station_id = ${scope.stationId}::uuid and play.day between ${scope.from}::date and ${scope.to}::date`
  const rows =
    'releaseId' in scope
      ? sql`row.release_id = ${scope.releaseId}::uuid`
      : sql`row.outlet_id = ${scope.stationId}::uuid and fact.day between ${scope.from}::date and ${scope.to}::date
          and fact.place_id = (select place_id from outlet where id = ${scope.stationId}::uuid)`
  return sql`
    select play.station_id, play.release_id, play.broadcast_id, play.delivery_id, (play.state <> 'cancelled')::int as planned,
      case when play.state <> 'cancelled' then broadcast.seconds else 0 end as planned_seconds,
      (play_heard.play_id is not null)::int as heard, coalesce(play_heard.seconds, 0) as heard_seconds,
      coalesce(fact.plays, 0) as plays, coalesce(fact.minutes, 0) as minutes
    from play join broadcast on broadcast.id = play.broadcast_id
    left join play_heard on play_heard.play_id = play.id
    left join lateral (
      select sum(value) filter (where indicator = 'plays') as plays, sum(value) filter (where indicator = 'minutes') as minutes
      from ledger_count where source = 'play' and source_id = play.id
    ) as fact on true
    where ${plays}
    union all
    select row.outlet_id, row.release_id, null, row.id, 0, 0, 0, 0, fact.value, 0
    from delivery as row join ledger_count as fact
      on fact.source = 'delivery' and fact.source_id = row.id and fact.release_id = row.release_id and fact.indicator = 'plays'
    where row.channel = 'loudspeaker' and ${rows}`
}

const SUMS = sql`
  sum(added.planned)::int as planned, sum(added.planned_seconds)::float as "plannedSeconds", sum(added.heard)::int as heard,
  sum(added.heard_seconds)::float as "heardSeconds", sum(added.plays)::int as plays, sum(added.minutes)::int as minutes`

/** What was planned, heard and counted, station by station and broadcast by broadcast, after one. */
export async function heardRows(
  db: Db,
  scope: HeardScope,
  after: AfterHeard | null,
  limit: number,
): Promise<HeardRow[]> {
  const later = after
    ? sql`where (outlet.name, added.station_id, added.release_id, coalesce(added.broadcast_id, ${NONE}::uuid)) > (
        (select name from outlet where id = ${after.stationId}::uuid), ${after.stationId}::uuid, ${after.releaseId}::uuid,
        ${after.broadcastId ?? NONE}::uuid)`
    : sql``
  const { rows } = await sql<HeardRow>`
    select added.station_id, outlet.name as station, place.name as place, added.release_id, added.broadcast_id,
      (array_agg(added.delivery_id order by added.delivery_id))[1] as delivery_id, coalesce(broadcast.title, '') as title,
      coalesce(broadcast.language, '') as language, ${SUMS}
    from (${added(scope)}) as added join outlet on outlet.id = added.station_id join place on place.id = outlet.place_id
    left join broadcast on broadcast.id = added.broadcast_id
    ${later}
    group by outlet.name, added.station_id, place.name, added.release_id, added.broadcast_id, broadcast.title, broadcast.language
    having sum(added.planned) > 0 or sum(added.heard) > 0 or sum(added.plays) <> 0
    order by outlet.name, added.station_id, added.release_id, coalesce(added.broadcast_id, ${NONE}::uuid)
    limit ${limit}`.execute(db)
  return rows
}

export interface HeardBroadcast extends HeardSums {
  readonly releaseId: Id<'release'>
  readonly broadcastId: Id<'broadcast'> | null
  readonly title: string
  readonly language: string
  readonly stations: number
}

/** The same, added up over all stations for each broadcast. */
export async function heardBroadcasts(db: Db, scope: HeardScope): Promise<HeardBroadcast[]> {
  const { rows } = await sql<HeardBroadcast>`
    select added.release_id, added.broadcast_id, coalesce(broadcast.title, '') as title, coalesce(broadcast.language, '') as language,
      count(distinct added.station_id)::int as stations, ${SUMS}
    from (${added(scope)}) as added left join broadcast on broadcast.id = added.broadcast_id
    group by added.release_id, added.broadcast_id, broadcast.title, broadcast.language
    having sum(added.planned) > 0 or sum(added.heard) > 0 or sum(added.plays) <> 0
    order by added.release_id, coalesce(added.broadcast_id, ${NONE}::uuid)`.execute(db)
  return rows
}

export function sumOfHeard(rows: readonly HeardSums[]): HeardSums {
  const sum = (of: keyof HeardSums) => Math.round(rows.reduce((total, row) => total + row[of], 0) * 100) / 100
  return {
    ...{ planned: sum('planned'), plannedSeconds: sum('plannedSeconds') },
    ...{ heard: sum('heard'), heardSeconds: sum('heardSeconds'), plays: sum('plays'), minutes: sum('minutes') },
  }
}

export const HEARD_WHATS = ['planned', 'heard', 'counted'] as const
/** Which plays a number opens into. */
export type HeardWhat = (typeof HEARD_WHATS)[number]

export interface HeardPlay {
  readonly id: Id<'play'>
  readonly day: Day
  readonly plannedAt: Date
  readonly stationId: Id<'outlet'>
  readonly station: string
  readonly title: string
  readonly language: string
  readonly seconds: number
  readonly heardSeconds: number
  readonly plays: number
  readonly minutes: number
  /** At each device, and by hand where there is none. */
  readonly ends: readonly {
    readonly device: string | null
    readonly cluster: string | null
    readonly state: EndState
    readonly seconds: number
    readonly grade: 'machine' | 'documented' | 'declared' | null
  }[]
}

/** The plays that a number is made of, as they were planned, after one. */
export async function heardPlays(
  db: Db,
  scope: HeardScope,
  {
    what,
    stationId,
    broadcastId,
  }: {
    readonly what: HeardWhat
    readonly stationId: Id<'outlet'> | null
    readonly broadcastId: Id<'broadcast'> | null
  },
  after: Id<'play'> | null,
  limit: number,
): Promise<HeardPlay[]> {
  const { rows } = await sql<HeardPlay>`
    select play.id, play.day::text as day, play.planned_at, play.station_id, outlet.name as station, broadcast.title,
      broadcast.language, broadcast.seconds::float as seconds, coalesce(play_heard.seconds, 0)::float as heard_seconds,
      coalesce(fact.plays, 0)::int as plays, coalesce(fact.minutes, 0)::int as minutes, coalesce(ended.ends, '[]') as ends
    from play join broadcast on broadcast.id = play.broadcast_id join outlet on outlet.id = play.station_id
    left join play_heard on play_heard.play_id = play.id
    left join lateral (
      select sum(value) filter (where indicator = 'plays') as plays, sum(value) filter (where indicator = 'minutes') as minutes
      from ledger_count where source = 'play' and source_id = play.id
    ) as fact on true
    left join lateral (
      select jsonb_agg(jsonb_build_object('device', device.code, 'cluster', cluster.name, 'state', play_end.state,
        'seconds', play_end.seconds, 'grade', play_end.grade) order by cluster.name, device.code) as ends
      from play_end left join device on device.id = play_end.device_id left join cluster on cluster.id = device.cluster_id
      where play_end.play_id = play.id
    ) as ended on true
    where ${
      'releaseId' in scope
        ? sql`play.release_id = ${scope.releaseId}::uuid`
        : sql`play.station_id = ${scope.stationId}::uuid and play.day between ${scope.from}::date and ${scope.to}::date`
    }
      and (${stationId}::uuid is null or play.station_id = ${stationId}::uuid)
      and (${broadcastId}::uuid is null or play.broadcast_id = ${broadcastId}::uuid)
      and ${
        {
          planned: sql`play.state <> 'cancelled'`,
          heard: sql`play_heard.play_id is not null`,
          counted: sql`(fact.plays <> 0 or fact.minutes <> 0)`,
        }[what]
      }
      and (${after}::uuid is null
        or (play.planned_at, play.id) > ((select planned_at from play where id = ${after}::uuid), ${after}::uuid))
    order by play.planned_at, play.id limit ${limit}`.execute(db)
  return rows
}
