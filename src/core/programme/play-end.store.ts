import { sql, type RawBuilder } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'
import type { Class, EndState } from './programme.ts'

/** What a device says became of a play at it. */
export interface DeviceEnd {
  readonly playId: Id<'play'>
  readonly state: 'played' | 'partial' | 'skipped' | 'preempted' | 'failed'
  readonly startedAt: Date | null
  readonly seconds: number
  readonly reason: string
  /** Of the entry of its log that says so. */
  readonly seq: number
}

/**
 * The ends that some plays are to come to: one at each speaker of the station that was enrolled by then, or one without
 * a device where it is played by hand; with `orNone` also where a station over IP has no device at all.
 */
export const endsOf = (which: RawBuilder<unknown>, orNone = false) => sql`
    select play.id as play_id, device.id as device_id from play
    join station on station.outlet_id = play.station_id and station.carriage = 'ip'
    join device on device.station_id = play.station_id and device.enrolled_at <= play.planned_at
      and (device.revoked_at is null or device.revoked_at > play.planned_at)
    where ${which}
    union all
    select play.id, null from play join station on station.outlet_id = play.station_id
    where ${which} and (station.carriage <> 'ip' or (${orNone} and not exists (
      select 1 from device where device.station_id = play.station_id and device.enrolled_at <= play.planned_at
        and (device.revoked_at is null or device.revoked_at > play.planned_at))))`

/** Makes the ends that plays are to come to; see `endsOf`. */
export async function expectEnds(db: Db, playIds: readonly Id<'play'>[], orNone = false): Promise<void> {
  if (playIds.length === 0) return
  const these = sql`play.id = any(${[...playIds]}::uuid[])`
  await sql`
    insert into play_end (play_id, device_id, state)
    select play_id, device_id, 'expected' from (${endsOf(these, orNone)}) as due on conflict do nothing`.execute(db)
}

/** Ends what is still expected of plays, in a way that no device said. */
export async function endExpected(
  db: Db,
  playIds: readonly Id<'play'>[],
  state: 'skipped' | 'cancelled' | 'offline',
  reason: string,
  now: Date,
): Promise<void> {
  if (playIds.length === 0) return
  await db
    .updateTable('playEnd')
    .set({ state, reason, closedAt: now })
    .where('playId', 'in', [...playIds])
    .where('state', '=', 'expected')
    .execute()
}

/** Lets ends be expected again that nobody but a person had closed. */
export async function reopenEnds(db: Db, playId: Id<'play'>): Promise<void> {
  await db
    .updateTable('playEnd')
    .set({ state: 'expected', reason: '', closedAt: null })
    .where('playId', '=', playId)
    .where('state', '=', 'skipped')
    .where('logSeq', 'is', null)
    .execute()
}

/**
 * Writes what a device says of plays of its own station. Its first word of a play stands; what was only concluded without
 * it gives way. Answers the plays of which anything changed.
 */
export async function writeDeviceEnds(
  db: Db,
  deviceId: Id<'device'>,
  ends: readonly DeviceEnd[],
  now: Date,
): Promise<Id<'play'>[]> {
  const column = <T>(of: (end: DeviceEnd) => T): T[] => ends.map(of)
  const { rows } = await sql<{ playId: Id<'play'> }>`
    with said as (
      select distinct on (play_id) * from unnest(${column((e) => e.playId)}::uuid[], ${column((e) => e.state)}::text[],
        ${column((e) => e.startedAt)}::timestamptz[], ${column((e) => e.seconds)}::numeric[], ${column((e) => e.reason)}::text[],
        ${column((e) => e.seq)}::bigint[]) as given (play_id, state, started_at, seconds, reason, seq)
      order by play_id, seq
    )
    insert into play_end as held (play_id, device_id, state, grade, started_at, ended_at, seconds, log_seq, reason, closed_at)
    select play.id, device.id, said.state, 'machine', said.started_at,
      said.started_at + make_interval(secs => said.seconds::double precision), said.seconds, said.seq, said.reason, ${now}::timestamptz
    from said join play on play.id = said.play_id
    join device on device.id = ${deviceId}::uuid and device.station_id = play.station_id
    order by play.id
    on conflict (play_id, device_id) do update set state = excluded.state, grade = 'machine', started_at = excluded.started_at,
      ended_at = excluded.ended_at, seconds = excluded.seconds, log_seq = excluded.log_seq, reason = excluded.reason,
      closed_at = excluded.closed_at
    where held.log_seq is null
      and (held.state in ('expected', 'offline') or excluded.state in ('played', 'partial', 'preempted', 'failed'))
    returning play_id`.execute(db)
  return rows.map(({ playId }) => playId)
}

/** Ends hand plays as who was there says. */
export async function writeHandEnds(
  db: Db,
  ends: readonly {
    readonly playId: Id<'play'>
    readonly state: EndState
    readonly seconds: number
    readonly reason: string
  }[],
  grade: 'documented' | 'declared',
  now: Date,
): Promise<void> {
  for (const { playId, state, seconds, reason } of ends) {
    const heard = state === 'played'
    await sql`
      update play_end set state = ${state}, grade = ${heard ? grade : null}, seconds = ${seconds}, reason = ${reason},
        started_at = case when ${heard} then play.planned_at end,
        ended_at = case when ${heard} then play.planned_at + make_interval(secs => ${seconds}) end, closed_at = ${now}::timestamptz
      from play where play.id = play_end.play_id and play.id = ${playId}::uuid and play_end.device_id is null`.execute(
      db,
    )
  }
}

/** Plays that begin from a moment until another and lack ends they should have; the next first. */
export async function playsWithoutEnds(db: Db, from: Date, until: Date, limit: number): Promise<Id<'play'>[]> {
  const { rows } = await sql<{ id: Id<'play'> }>`
    select play.id from play join station on station.outlet_id = play.station_id
    where play.state in ('offered', 'chosen') and play.planned_at between ${from}::timestamptz and ${until}::timestamptz and (
      (station.carriage <> 'ip' and not exists (select 1 from play_end where play_end.play_id = play.id))
      or exists (select 1 from device where device.station_id = play.station_id
        and station.carriage = 'ip' and device.enrolled_at <= play.planned_at
        and (device.revoked_at is null or device.revoked_at > play.planned_at)
        and not exists (select 1 from play_end where play_end.play_id = play.id and play_end.device_id = device.id)))
    order by play.planned_at limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}

/** Plays that began before a moment of which something is still expected, or, of a week, nothing is known at all. */
const silentBefore = (before: Date) => sql`
  select play.id, play.station_id from play join play_end on play_end.play_id = play.id and play_end.state = 'expected'
  where play.planned_at <= ${before}::timestamptz
  union
  select play.id, play.station_id from play where play.state in ('offered', 'chosen')
    and play.planned_at between ${before}::timestamptz - interval '7 days' and ${before}::timestamptz
    and not exists (select 1 from play_end where play_end.play_id = play.id)`

export async function silentPlays(db: Db, before: Date, limit: number): Promise<Id<'play'>[]> {
  const { rows } = await sql<{
    id: Id<'play'>
  }>`select id from (${silentBefore(before)}) as silent limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}

/** How many plays nobody would wait for any longer, and at how many stations. */
export async function countSilent(
  db: Db,
  before: Date,
): Promise<{ readonly plays: number; readonly stations: number }> {
  const { rows } = await sql<{ plays: number; stations: number }>`
    select count(*)::int as plays, count(distinct station_id)::int as stations from (${silentBefore(before)}) as silent`.execute(
    db,
  )
  return rows[0] ?? { plays: 0, stations: 0 }
}

export type Tally = Readonly<Record<EndState, number>>

/** How the ends of a release stand, and how many of its plays are too far ahead to have any. */
export async function tallyOfRelease(
  db: Db,
  releaseId: Id<'release'>,
  stationId: Id<'outlet'> | null = null,
): Promise<{ readonly ends: Partial<Tally>; readonly plays: number; readonly ahead: number }> {
  const { rows } = await sql<{ state: EndState | null; ends: number; plays: number }>`
    select play_end.state, count(*)::int as ends, count(distinct play.id)::int as plays
    from play left join play_end on play_end.play_id = play.id
    where play.release_id = ${releaseId}::uuid and (${stationId}::uuid is null or play.station_id = ${stationId}::uuid)
    group by play_end.state`.execute(db)
  const { plays } = await db
    .selectFrom('play')
    .select((eb) => eb.fn.countAll<number>().as('plays'))
    .where('releaseId', '=', releaseId)
    .where((eb) => (stationId ? eb('stationId', '=', stationId) : eb.lit(true)))
    .executeTakeFirstOrThrow()
  const ends = Object.fromEntries(rows.flatMap(({ state, ends: n }) => (state ? [[state, n]] : [])))
  return { ends, plays: Number(plays), ahead: rows.find(({ state }) => state === null)?.plays ?? 0 }
}

/** How the ends of plays stand, play by play. */
export async function endsOfPlays(db: Db, playIds: readonly Id<'play'>[]): Promise<Map<Id<'play'>, Partial<Tally>>> {
  if (playIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('playEnd')
    .select((eb) => ['playId', 'state', eb.fn.countAll<number>().as('n')])
    .where('playId', 'in', [...playIds])
    .groupBy(['playId', 'state'])
    .execute()
  const found = new Map<Id<'play'>, Partial<Record<EndState, number>>>()
  for (const { playId, state, n } of rows) {
    const tally = found.get(playId as Id<'play'>) ?? {}
    tally[state as EndState] = Number(n) // as the table checks it
    found.set(playId as Id<'play'>, tally)
  }
  return found
}

/** A play as the log book of a station tells it: what became of it at all its devices, and for how long it was heard. */
export interface LoggedPlay {
  readonly playId: Id<'play'>
  readonly day: string
  readonly plannedAt: Date
  /** When it began to sound anywhere; null where it did nowhere. */
  readonly startedAt: Date | null
  readonly title: string
  readonly language: string
  readonly class: Class
  readonly seconds: number
  readonly grade: string | null
  readonly reason: string
  readonly ends: Partial<Tally>
}

/**
 * All plays of a station from one day to another that have come to their ends or should have, as they were planned. What
 * was taken away stands there only where a device that had not heard so played it.
 */
export async function loggedPlays(
  db: Db,
  stationId: Id<'outlet'>,
  from: string,
  to: string,
  now: Date,
): Promise<LoggedPlay[]> {
  const { rows } = await sql<Omit<LoggedPlay, 'seconds'> & { seconds: string }>`
    select play.id as play_id, play.day::text as day, play.planned_at, broadcast.title, broadcast.language, play.class, play.reason,
      ended.started_at, coalesce(ended.seconds, 0) as seconds, ended.grade, coalesce(ended.ends, '{}') as ends
    from play join broadcast on broadcast.id = play.broadcast_id
    left join lateral (
      select min(one.started_at) as started_at, max(one.seconds) as seconds, min(one.grade) as grade,
        jsonb_object_agg(one.state, one.n) as ends
      from (
        select state, count(*)::int as n, min(started_at) filter (where state in ('played', 'partial')) as started_at,
          max(seconds) filter (where state in ('played', 'partial')) as seconds,
          min(grade) filter (where state in ('played', 'partial')) as grade
        from play_end where play_id = play.id group by state
      ) as one
    ) as ended on true
    where play.station_id = ${stationId}::uuid and play.day between ${from}::date and ${to}::date and play.planned_at <= ${now}::timestamptz
      and (play.state <> 'cancelled' or ended.started_at is not null)
    order by play.planned_at, array_position(array['emergency', 'priority', 'ordinary'], play.class), play.ord, play.id`.execute(
    db,
  )
  return rows.map((row) => ({ ...row, seconds: Number(row.seconds) }))
}
