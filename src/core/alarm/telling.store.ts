import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'
import { ALARM_COLUMNS, asAlarm } from './alarm.store.ts'
import type { Alarm } from './alarm.ts'

/** The first try that fails is repeated after a minute, the next after two, at most an hour later. */
const MOST_WAIT_MINUTES = 60

/**
 * Takes alarms that are to be told now. Whoever takes them has a minute or more: then they are taken again, by this
 * process or another, until `setTold` says that it is done.
 */
export async function takeUntold(db: Db, now: Date, limit: number): Promise<Alarm[]> {
  const returned = sql.join(ALARM_COLUMNS.map((column) => sql.ref(`alarm.${column}`)))
  const { rows } = await sql<Record<string, unknown>>`
    with untold as (
      select id from alarm where tell_at <= ${now}::timestamptz and cleared_at is null
      order by tell_at limit ${limit} for update skip locked
    )
    update alarm set tries = tries + 1,
      tell_at = ${now}::timestamptz + make_interval(mins => least(${MOST_WAIT_MINUTES}, power(2, least(alarm.tries, 10))::int))
    from untold where alarm.id = untold.id returning ${returned}`.execute(db)
  return rows.map(asAlarm)
}

/** Who has been told of each already. */
export async function toldOf(db: Db, alarms: readonly Id<'alarm'>[]): Promise<Map<Id<'alarm'>, Set<Id<'person'>>>> {
  const told = new Map(alarms.map((id) => [id, new Set<Id<'person'>>()]))
  if (alarms.length === 0) return told
  const rows = await db
    .selectFrom('alarmTelling')
    .select(['alarmId', 'personId'])
    .where('alarmId', 'in', [...alarms])
    .execute()
  for (const { alarmId, personId } of rows) told.get(alarmId as Id<'alarm'>)?.add(personId as Id<'person'>)
  return told
}

export async function noteTelling(
  db: Db,
  alarms: readonly Id<'alarm'>[],
  personId: Id<'person'>,
  now: Date,
): Promise<void> {
  await db
    .insertInto('alarmTelling')
    .values(alarms.map((alarmId) => ({ alarmId, personId, toldAt: now })))
    .onConflict((clash) => clash.doNothing())
    .execute()
}

/** Everybody who is responsible knows of them. */
export async function setTold(db: Db, alarms: readonly Id<'alarm'>[], now: Date): Promise<void> {
  if (alarms.length === 0) return
  await db
    .updateTable('alarm')
    .set({ toldAt: now, tellAt: null })
    .where('id', 'in', [...alarms])
    .execute()
}
