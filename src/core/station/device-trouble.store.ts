import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'

/**
 * `silent`: nothing was heard of it; `clock`: its own clock is off; `behind`: it does not hold the newest programme;
 * `faulty`: it says itself that something is broken; `log`: its log is torn; `attacked`: under its name came what it
 * did not sign, or what it has no right to.
 */
export type DeviceTroubleKind = 'silent' | 'clock' | 'behind' | 'faulty' | 'log' | 'attacked'

/** What ails devices of one station, or the device of one board. */
export interface DeviceTrouble {
  readonly kind: DeviceTroubleKind
  readonly stationId: Id<'outlet'>
  readonly station: string
  /** It is a board. */
  readonly shows: boolean
  readonly organisationId: Id<'organisation'>
  readonly count: number
  /** The first of them, by its code. */
  readonly device: string
  readonly since: Date
}

const CLOCK_OFF_MS = 60_000
/** A device takes a while for a programme, and for entries that got lost. */
const SLOW_MINUTES = 15
const ATTACK_HOURS = 24

/** Troubles of devices by station and kind; silent ones are those not heard since `silentSince`, and have no other trouble. */
export async function deviceTroubles(db: Db, silentSince: Date, now: Date): Promise<DeviceTrouble[]> {
  const { rows } = await sql<DeviceTrouble>`
    with known as (
      select device.id, device.code, device.state, device.outlet_id, device.board_id is not null as shows, device.enrolled_at, station.schedule_version as wanted,
        said.heard_at, said.schedule_version as held, said.clock_off_ms, coalesce(said.faults, '{}') as faults
      from device left join station on station.outlet_id = device.station_id
      left join device_state said on said.device_id = device.id
    ), listened as (
      select coalesce(max(started_at) < ${silentSince}::timestamptz, false) as long from speaker_hub
    ), found as (
      select 'silent' as kind, known.*, coalesce(heard_at, enrolled_at) as since from known, listened
      where state = 'enrolled' and listened.long and coalesce(heard_at, enrolled_at) < ${silentSince}::timestamptz
      union all
      select 'clock', known.*, heard_at from known
      where state = 'enrolled' and heard_at >= ${silentSince}::timestamptz and abs(clock_off_ms) > ${CLOCK_OFF_MS}
      union all
      select 'behind', known.*, message.issued_at from known
      join outlet on outlet.id = known.outlet_id
      join speaker_message message on message.recipient = 's/' || outlet.code and message.kind = 'schedule'
      where state = 'enrolled' and heard_at >= ${silentSince}::timestamptz and held < wanted
        and message.issued_at < ${now}::timestamptz - make_interval(mins => ${SLOW_MINUTES}) and heard_at > message.issued_at
      union all
      select 'faulty', known.*, heard_at from known
      where state = 'enrolled' and heard_at >= ${silentSince}::timestamptz
        and faults && array['sound_fault', 'panel_fault', 'disk_full', 'log_damaged']
      union all
      select 'log', known.*, fault.first_at from known join device_fault fault on fault.device_id = known.id
      where state = 'enrolled' and (fault.kind = 'fork'
        or fault.kind = 'gap' and fault.first_at < ${now}::timestamptz - make_interval(mins => ${SLOW_MINUTES}))
      union all
      select 'attacked', known.*, fault.first_at from known join device_fault fault on fault.device_id = known.id
      where fault.kind in ('forged', 'forbidden', 'revoked')
        and fault.last_at > ${now}::timestamptz - make_interval(hours => ${ATTACK_HOURS})
    )
    select found.kind, outlet.id as "stationId", outlet.name as station, bool_or(found.shows) as shows, outlet.organisation_id as "organisationId",
      count(distinct found.id)::int as count, min(found.code) as device, min(found.since) as since
    from found join outlet on outlet.id = found.outlet_id
    group by found.kind, outlet.id order by outlet.code, found.kind`.execute(db)
  return rows
}
