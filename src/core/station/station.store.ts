import { sql } from 'kysely'
import type { Day, Db, Id } from '../kernel/index.ts'
import type { Station, StationFacts } from './station.ts'

const COLUMNS = [
  'outlet.id',
  'outlet.code',
  'outlet.name',
  'outlet.placeId',
  'outlet.organisationId',
  'outlet.languages',
  'outlet.quietFrom',
  'outlet.quietTo',
  'outlet.aliveTo',
  'outlet.pausedAt',
  'outlet.pausedReason',
  'station.carriage',
  'station.latitude',
  'station.longitude',
  'station.dailyMinutes',
  'station.dailyRepeats',
  'station.volume',
  'station.volumeHours',
  'station.chime',
  'station.undecided',
  'station.scheduleVersion',
] as const

export async function stationOf(db: Db, outletId: Id<'outlet'>): Promise<Station | null> {
  const row = await stations(db).where('outlet.id', '=', outletId).executeTakeFirst()
  return row ? asStation(row) : null
}

export async function stationByCode(db: Db, code: string): Promise<Station | null> {
  const row = await stations(db).where('outlet.code', '=', code).executeTakeFirst()
  return row ? asStation(row) : null
}

/** Those that are alive on `day`, by code. */
export async function stationsOn(db: Db, day: Day): Promise<Station[]> {
  const rows = await stations(db)
    .where((eb) => eb.or([eb('outlet.aliveFrom', 'is', null), eb('outlet.aliveFrom', '<=', day)]))
    .where((eb) => eb.or([eb('outlet.aliveTo', 'is', null), eb('outlet.aliveTo', '>=', day)]))
    .orderBy('outlet.code')
    .execute()
  return rows.map(asStation)
}

/** Adds what stands here of an outlet, or amends it; the version of its schedule is left. */
export async function upsertStation(
  db: Db,
  outletId: Id<'outlet'>,
  { minutesADay, repeatsADay, volumeHours, ...facts }: StationFacts,
): Promise<void> {
  const daily = { dailyMinutes: minutesADay, dailyRepeats: repeatsADay }
  const change = { ...facts, ...daily, volumeHours: JSON.stringify(volumeHours) }
  await db
    .insertInto('station')
    .values({ outletId, ...change })
    .onConflict((clash) => clash.column('outletId').doUpdateSet(change))
    .execute()
}

/**
 * Says that what the devices of a station are to hold has changed: counts its schedule on and notifies `loa_stations` with
 * its code. Both become so with the transaction.
 */
export async function touchStation(db: Db, stationId: Id<'outlet'>): Promise<void> {
  await sql`
    with touched as (
      update station set schedule_version = schedule_version + 1 where outlet_id = ${stationId} returning outlet_id
    )
    select pg_notify('loa_stations', outlet.code) from touched join outlet on outlet.id = touched.outlet_id`.execute(db)
}

const stations = (db: Db) =>
  db.selectFrom('station').innerJoin('outlet', 'outlet.id', 'station.outletId').select(COLUMNS)

function asStation({ dailyMinutes, dailyRepeats, ...row }: Record<string, unknown>): Station {
  const hour = (clock: unknown) => (typeof clock === 'string' ? clock.slice(0, 5) : null)
  return {
    ...row,
    minutesADay: dailyMinutes,
    repeatsADay: dailyRepeats,
    quietFrom: hour(row['quietFrom']),
    quietTo: hour(row['quietTo']),
    scheduleVersion: Number(row['scheduleVersion']),
  } as unknown as Station // carriage, hours and what is undecided as the import checked them
}
