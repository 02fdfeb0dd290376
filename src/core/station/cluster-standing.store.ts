import { sql } from 'kysely'
import type { Day, Db, Id } from '../kernel/index.ts'
import type { DeviceState as EnrolmentState } from './device.ts'
import { TOLD_TO_STOP } from './told-to-stop.store.ts'

/** A cluster with the speaker that stands there and what it last said of itself; nulls where there is none. */
export interface ClusterStanding {
  readonly id: Id<'cluster'>
  readonly code: string
  readonly name: string
  readonly village: string
  readonly horns: number
  readonly latitude: number | null
  readonly longitude: number | null
  readonly deviceId: Id<'device'> | null
  readonly deviceCode: string | null
  readonly state: EnrolmentState | null
  readonly heardAt: Date | null
  readonly heard: boolean
  readonly scheduleVersion: number
  readonly nextPlayAt: Date | null
  readonly volume: number | null
  readonly clockOffMs: number
  readonly faults: readonly string[]
  /** It was last told to be silent. */
  readonly stopped: boolean
}

interface ClusterQuestion {
  readonly stationId: Id<'outlet'>
  readonly day: Day
  readonly since: Date
  readonly now: Date
  /** Only those that are not heard of, or tell of faults. */
  readonly ailing?: boolean
  /** This one alone. */
  readonly only?: Id<'cluster'>
}

/** Clusters of a station that live on a day, by code, after a code. */
export async function clustersStanding(
  db: Db,
  { stationId, day, since, now, ailing = false, only }: ClusterQuestion,
  after: string | null,
  limit: number,
): Promise<ClusterStanding[]> {
  const { rows } = await sql<Omit<ClusterStanding, 'scheduleVersion' | 'clockOffMs'> & Big>`
    select cluster.id, cluster.code, cluster.name, cluster.village, cluster.horns, cluster.latitude, cluster.longitude,
      device.id as device_id, device.code as device_code, device.state, said.heard_at, ${HEARD(since)} as heard,
      coalesce(said.schedule_version, 0) as schedule_version, said.next_play_at, said.volume,
      coalesce(said.clock_off_ms, 0) as clock_off_ms, coalesce(said.faults, '{}') as faults,
      ${TOLD_TO_STOP(now)} as stopped
    from cluster
      left join device on device.cluster_id = cluster.id and device.state <> 'revoked'
      left join device_state said on said.device_id = device.id
    where cluster.station_id = ${stationId}
      and (cluster.alive_from is null or cluster.alive_from <= ${day})
      and (cluster.alive_to is null or cluster.alive_to >= ${day})
      ${ailing ? sql`and (not ${HEARD(since)} or cardinality(said.faults) > 0)` : sql``}
      ${after === null ? sql`` : sql`and cluster.code > ${after}`} ${only ? sql`and cluster.id = ${only}` : sql``}
    order by cluster.code limit ${limit}`.execute(db)
  return rows.map((row) => ({
    ...row,
    scheduleVersion: Number(row.scheduleVersion),
    clockOffMs: Number(row.clockOffMs),
  }))
}

interface Big {
  readonly scheduleVersion: string | number
  readonly clockOffMs: string | number
}

const HEARD = (since: Date) => sql`coalesce(device.state = 'enrolled' and said.heard_at >= ${since}, false)`
