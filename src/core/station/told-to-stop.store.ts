import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'

/**
 * Of the row of `device` in a question: whether it was last told to be silent, and obeys that or may yet hear of it. What
 * it was told and did not hear of in time it obeys in nothing.
 */
export const TOLD_TO_STOP = (now: Date) => sql<boolean>`coalesce((
  select kind = 'stop' from device_command where device_id = device.id and kind in ('stop', 'resume')
    and (answered_at is not null or until > ${now}::timestamptz)
  order by made_at desc, id desc limit 1), false)`

export async function isToldToStop(db: Db, deviceId: Id<'device'>, now: Date): Promise<boolean> {
  const { rows } = await sql<{ stopped: boolean }>`
    select ${TOLD_TO_STOP(now)} as stopped from device where id = ${deviceId}`.execute(db)
  return rows[0]?.stopped ?? false
}

/** How many of the enrolled devices of stations were last told to be silent. */
export async function stoppedDevices(db: Db, stationIds: readonly Id<'outlet'>[], now: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from device
    where station_id = any(${[...stationIds]}::uuid[]) and state = 'enrolled' and ${TOLD_TO_STOP(now)}`.execute(db)
  return rows[0]?.count ?? 0
}

/** Those of these stations at which an enrolled device was last told to be silent. */
export async function stationsToldToStop(
  db: Db,
  stationIds: readonly Id<'outlet'>[],
  now: Date,
): Promise<Id<'outlet'>[]> {
  const { rows } = await sql<{ stationId: Id<'outlet'> }>`
    select distinct station_id from device
    where station_id = any(${[...stationIds]}::uuid[]) and state = 'enrolled' and ${TOLD_TO_STOP(now)}
    order by 1`.execute(db)
  return rows.map(({ stationId }) => stationId)
}
