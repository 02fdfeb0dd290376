import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'
import type { KeptOffDay } from './off-day.store.ts'
import { endsOf } from './play-end.store.ts'

type Off = Pick<KeptOffDay, 'fromDay' | 'toDay' | 'stops'>

/** How many plays a day off takes away, by class, and at how many stations. */
export interface Taken {
  readonly ordinary: number
  readonly priority: number
  readonly stations: number
}

/** What is laid on its days and has neither begun nor been heard; an emergency plays on any day. */
const fallingOn = ({ fromDay, toDay, stops }: Off, stationIds: readonly Id<'outlet'>[], now: Date) => sql`
  play.station_id = any(${[...stationIds]}::uuid[]) and play.day between ${fromDay}::date and ${toDay}::date
  and play.class = any(${stops === 'all' ? ['ordinary', 'priority'] : ['ordinary']}::text[])
  and play.state in ('offered', 'chosen') and play.planned_at > ${now}::timestamptz
  and not exists (select 1 from play_end where play_end.play_id = play.id and play_end.state in ('played', 'partial'))`

/** Counts what a day off would take away at stations; nothing is changed. */
export async function countFallingOn(db: Db, off: Off, stationIds: readonly Id<'outlet'>[], now: Date): Promise<Taken> {
  const { rows } = await sql<Taken>`
    select count(*) filter (where class = 'ordinary')::int as ordinary, count(*) filter (where class = 'priority')::int as priority,
      count(distinct station_id)::int as stations
    from play where ${fallingOn(off, stationIds, now)}`.execute(db)
  return rows[0] ?? { ordinary: 0, priority: 0, stations: 0 }
}

/** Takes it away, with its name as the reason; answers the stations at which anything was, by id as a recall touches them. */
export async function takeFallingOn(
  db: Db,
  off: Off & Pick<KeptOffDay, 'id' | 'name'>,
  stationIds: readonly Id<'outlet'>[],
  now: Date,
): Promise<Id<'outlet'>[]> {
  const { rows } = await sql<{ stationId: Id<'outlet'> }>`
    with taken as (
      update play set state = 'cancelled', reason = ${off.name}, off_day_id = ${off.id}::uuid, decided_at = ${now}::timestamptz
      where ${fallingOn(off, stationIds, now)} returning station_id
    )
    select distinct station_id from taken order by station_id`.execute(db)
  return rows.map(({ stationId }) => stationId)
}

/** Every play that a day off took away comes to that end at every device that has not spoken of it. */
export async function endTaken(db: Db, offDayId: Id<'off_day'>, now: Date): Promise<void> {
  await sql`
    update play_end set state = 'cancelled', reason = 'off_day', closed_at = ${now}::timestamptz
    from play where play.id = play_end.play_id and play.off_day_id = ${offDayId}::uuid and play_end.state = 'expected'`.execute(
    db,
  )
  await sql`
    insert into play_end (play_id, device_id, state, reason, closed_at)
    select due.play_id, due.device_id, 'cancelled', 'off_day', ${now}::timestamptz
    from (${endsOf(sql`play.off_day_id = ${offDayId}::uuid`)}) as due on conflict do nothing`.execute(db)
}

/** One play of each row of the ledger of which a day off took any. */
export async function oneOfEachRowTaken(db: Db, offDayId: Id<'off_day'>): Promise<Id<'play'>[]> {
  const { rows } = await sql<{ id: Id<'play'> }>`
    select distinct on (delivery_id) id from play where off_day_id = ${offDayId}::uuid order by delivery_id`.execute(db)
  return rows.map(({ id }) => id)
}

/** How many plays each of these days off took away that have not been laid anew since. */
export async function countTakenBy(db: Db, ids: readonly Id<'off_day'>[]): Promise<Map<Id<'off_day'>, number>> {
  const { rows } = await sql<{ id: Id<'off_day'>; n: number }>`
    select off_day_id as id, count(*)::int as n from play where off_day_id = any(${[...ids]}::uuid[]) group by off_day_id`.execute(
    db,
  )
  return new Map(rows.map(({ id, n }) => [id, n]))
}

/** Lets what is laid anew of what a day off had taken away be expected again, but at devices that have spoken of it. */
export async function expectTakenAgain(db: Db, playIds: readonly Id<'play'>[]): Promise<void> {
  await sql`
    update play_end set state = 'expected', reason = '', closed_at = null
    where play_id = any(${[...playIds]}::uuid[]) and state = 'cancelled' and reason = 'off_day' and log_seq is null`.execute(
    db,
  )
}
