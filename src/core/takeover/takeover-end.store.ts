import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'

/** What a device says of a speech in its signed log: that it began, or how it ended. */
export type DeviceSaid =
  | { readonly playId: string; readonly began: Date }
  | {
      readonly playId: string
      readonly state: 'played' | 'partial' | 'skipped' | 'preempted' | 'failed'
      readonly began: Date | null
      readonly seconds: number
      readonly volume: number | null
      readonly reason: string
      readonly seq: number
    }

/** Writes down which devices a speech addresses: all speakers of its stations that are enrolled. Answers how many. */
export async function insertAddressed(db: Db, takeoverId: Id<'takeover'>): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into takeover_end (play_id, device_id)
    select takeover_station.play_id, device.id from takeover_station
    join device on device.station_id = takeover_station.station_id and device.state = 'enrolled'
    where takeover_station.takeover_id = ${takeoverId}::uuid on conflict do nothing`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/**
 * Writes what a device says of speeches at its own station; its first end stands. What it says of plays is passed over.
 * One that enrolled while it was spoken is added.
 */
export async function writeSaid(db: Db, deviceId: Id<'device'>, said: readonly DeviceSaid[], now: Date): Promise<void> {
  if (said.length === 0) return
  const given = said.map((one) => ({ play_id: one.playId, volume: null, seq: null, state: null, ...one }))
  await sql`
    with said as (
      select play_id, min(began) as began_at, max(state) as state, coalesce(max(seconds), 0) as seconds,
        max(volume) as volume, coalesce(max(reason), '') as reason, min(seq) as seq
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given
        (play_id uuid, began timestamptz, state text, seconds numeric, volume smallint, reason text, seq bigint)
      group by play_id
    )
    insert into takeover_end as held (play_id, device_id, began_at, state, seconds, volume, reason, log_seq, noted_at)
    select said.play_id, device.id, said.began_at, said.state, said.seconds, said.volume, said.reason, said.seq, ${now}::timestamptz
    from said join takeover_station on takeover_station.play_id = said.play_id
    join device on device.id = ${deviceId}::uuid and device.station_id = takeover_station.station_id
    on conflict (play_id, device_id) do update set began_at = coalesce(held.began_at, excluded.began_at),
      state = excluded.state, seconds = excluded.seconds, volume = excluded.volume, reason = excluded.reason,
      log_seq = excluded.log_seq, noted_at = excluded.noted_at
    where held.state is null`.execute(db)
}

/** How the devices of a takeover stand: `addressed = began + silent`, and those that began have ended or sound. */
export interface Reached {
  readonly addressed: number
  readonly began: number
  readonly sounding: number
  readonly played: number
  readonly partial: number
  readonly preempted: number
  /** Did not begin: nothing was heard of them, or they say why not. */
  readonly silent: number
  readonly failed: number
}

export async function reachedBy(db: Db, takeoverId: Id<'takeover'>): Promise<Reached> {
  const { rows } = await sql<Reached>`select ${COUNTS} from ${ENDS} where ${OF(takeoverId)}`.execute(db)
  return rows[0] ?? { ...NONE }
}

/** Stations of a takeover with how their devices stand, by code, after a code. */
export async function stationsReached(
  db: Db,
  takeoverId: Id<'takeover'>,
  after: string | null,
  limit: number,
): Promise<(Reached & { readonly stationId: string; readonly code: string; readonly name: string })[]> {
  const { rows } = await sql<Reached & { readonly stationId: string; readonly code: string; readonly name: string }>`
    select outlet.id as station_id, outlet.code, outlet.name, ${COUNTS}
    from ${ENDS} join outlet on outlet.id = takeover_station.station_id
    where ${OF(takeoverId)} ${after === null ? sql`` : sql`and outlet.code > ${after}`}
    group by outlet.id order by outlet.code limit ${limit}`.execute(db)
  return rows
}

/** What a station's log book tells of a speech. */
export interface LoggedTakeover {
  readonly takeoverId: string
  readonly day: string
  readonly beganAt: Date
  readonly speaker: string
  readonly language: string
  readonly seconds: number
  readonly played: number
  readonly partial: number
  readonly preempted: number
  readonly failed: number
  readonly silent: number
}

/** Speeches that began at a station from one day of Vietnam to another. */
export async function loggedTakeovers(
  db: Db,
  stationId: Id<'outlet'>,
  from: string,
  to: string,
): Promise<LoggedTakeover[]> {
  const { rows } = await sql<Omit<LoggedTakeover, 'seconds'> & { readonly seconds: string }>`
    select takeover.id as takeover_id, (takeover.began_at at time zone 'Asia/Ho_Chi_Minh')::date::text as day,
      takeover.began_at, takeover.speaker, takeover.language, coalesce(max(ended.seconds), 0) as seconds, ${COUNTS}
    from takeover join takeover_station on takeover_station.takeover_id = takeover.id
      left join takeover_end ended on ended.play_id = takeover_station.play_id
    where takeover_station.station_id = ${stationId}::uuid
      and (takeover.began_at at time zone 'Asia/Ho_Chi_Minh')::date between ${from}::date and ${to}::date
    group by takeover.id order by takeover.began_at`.execute(db)
  return rows.map((row) => ({ ...row, seconds: Number(row.seconds) }))
}

const ENDS = sql`takeover_station left join takeover_end ended on ended.play_id = takeover_station.play_id`
const OF = (takeoverId: Id<'takeover'>) => sql`takeover_station.takeover_id = ${takeoverId}::uuid`
const count = (condition: string) => sql`(count(*) filter (where ${sql.raw(condition)}))::int`
const COUNTS = sql`
  count(ended.device_id)::int as addressed,
  ${count(`ended.began_at is not null`)} as began,
  ${count(`ended.began_at is not null and ended.state is null`)} as sounding,
  ${count(`ended.state = 'played'`)} as played, ${count(`ended.state in ('partial', 'failed') and ended.began_at is not null`)} as partial,
  ${count(`ended.state = 'preempted'`)} as preempted,
  ${count(`ended.device_id is not null and ended.began_at is null`)} as silent,
  ${count(`ended.state in ('failed', 'skipped') and ended.began_at is null`)} as failed`
const NONE: Reached = {
  ...{ addressed: 0, began: 0, sounding: 0, played: 0 },
  ...{ partial: 0, preempted: 0, silent: 0, failed: 0 },
}
