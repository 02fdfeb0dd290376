import { sql } from 'kysely'
import { fold, type Day, type Db, type Id } from '../kernel/index.ts'
import type { Carriage, Hearing } from './station.ts'

/** A station with how its clusters are: of each the speaker that stands there, as it last said. */
export interface StationStanding {
  readonly id: Id<'outlet'>
  readonly code: string
  readonly name: string
  readonly placeName: string
  readonly carriage: Carriage
  /** Its own point, else the point of its place; null where neither is known. */
  readonly latitude: number | null
  readonly longitude: number | null
  readonly paused: boolean
  readonly clusters: number
  /** Clusters whose speaker was heard of lately. */
  readonly heard: number
  /** Clusters whose speaker has not enrolled yet. */
  readonly expected: number
  readonly enrolled: number
  /** Clusters whose speaker tells of faults. */
  readonly faulty: number
  /** Clusters whose speaker holds an older schedule than the station has. */
  readonly behind: number
}

export interface StationFilter {
  readonly words?: string
  /** In this place and those below it. */
  readonly within?: Id<'place'> | null
  readonly carriage?: Carriage | null
  readonly hearing?: Hearing | null
  /** Those of these ids alone. */
  readonly only?: readonly Id<'outlet'>[]
  readonly day: Day
  /** Since when a speaker must have said something to be heard of. */
  readonly since: Date
}

/** Those of a filter, by code, after a code; all without `limit`. */
export async function stationsStanding(
  db: Db,
  filter: StationFilter,
  after: string | null = null,
  limit: number | null = null,
): Promise<StationStanding[]> {
  if (filter.only?.length === 0) return []
  const { rows } = await sql<StationStanding>`
    select outlet.id, outlet.code, outlet.name, place.name as place_name, station.carriage,
      coalesce(station.latitude, place.latitude) as latitude, coalesce(station.longitude, place.longitude) as longitude,
      outlet.paused_at is not null as paused, ${COUNTS(filter.since)}
    from station join outlet on outlet.id = station.outlet_id join place on place.id = outlet.place_id
      left join cluster on cluster.station_id = outlet.id and ${livesOn('cluster', filter.day)}
      left join device on device.cluster_id = cluster.id and device.state <> 'revoked'
      left join device_state on device_state.device_id = device.id
    where ${livesOn('outlet', filter.day)} and ${wanted(filter)} ${after === null ? sql`` : sql`and outlet.code > ${after}`}
    group by outlet.id, station.outlet_id, place.id
    having ${HEARING[filter.hearing ?? 'any'](filter.since)}
    order by outlet.code ${limit === null ? sql`` : sql`limit ${limit}`}`.execute(db)
  return rows
}

const heard = (since: Date) =>
  sql`count(*) filter (where device.state = 'enrolled' and device_state.heard_at >= ${since})`

const ENROLLED = sql`count(*) filter (where device.state = 'enrolled')`

const COUNTS = (since: Date) => sql`
  count(cluster.id)::int as clusters, (${heard(since)})::int as heard,
  (count(*) filter (where device.state = 'expected'))::int as expected,
  (${ENROLLED})::int as enrolled,
  (count(*) filter (where cardinality(device_state.faults) > 0))::int as faulty,
  (count(*) filter (where device.state = 'enrolled'
    and coalesce(device_state.schedule_version, 0) < station.schedule_version))::int as behind`

/** The same as `hearingOf` says of one. */
const HEARING: Readonly<Record<Hearing | 'any', (since: Date) => ReturnType<typeof sql>>> = {
  any: () => sql`true`,
  by_hand: () => sql`station.carriage <> 'ip'`,
  no_cluster: () => sql`station.carriage = 'ip' and count(cluster.id) = 0`,
  not_enrolled: () => sql`station.carriage = 'ip' and count(cluster.id) > 0 and ${ENROLLED} = 0`,
  none: (since) => sql`station.carriage = 'ip' and ${ENROLLED} > 0 and ${heard(since)} = 0`,
  some: (since) => sql`station.carriage = 'ip' and ${heard(since)} > 0 and ${heard(since)} < count(cluster.id)`,
  all: (since) => sql`station.carriage = 'ip' and ${heard(since)} > 0 and ${heard(since)} = count(cluster.id)`,
}

function wanted({ words, within, carriage, only }: StationFilter) {
  const conditions = [sql`true`]
  if (words) conditions.push(sql`outlet.search_key like ${`%${fold(words).replace(/[\\%_]/g, '\\$&')}%`}`)
  if (carriage) conditions.push(sql`station.carriage = ${carriage}`)
  if (only) conditions.push(sql`outlet.id in (${sql.join([...only])})`)
  if (within) {
    conditions.push(sql`outlet.place_id in (with recursive below as (
      select id from place where id = ${within}
      union select place.id from place join below on place.parent_id = below.id) select id from below)`)
  }
  return sql.join(conditions, sql` and `)
}

const livesOn = (table: 'outlet' | 'cluster', day: Day) =>
  sql`(${sql.ref(`${table}.alive_from`)} is null or ${sql.ref(`${table}.alive_from`)} <= ${day})
    and (${sql.ref(`${table}.alive_to`)} is null or ${sql.ref(`${table}.alive_to`)} >= ${day})`
