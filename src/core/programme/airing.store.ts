import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'
import type { Period } from './airing.ts'
import type { Conflict } from './lay-out.ts'
import type { RowKey } from './row.store.ts'

/** The rule by which a release is laid out; null where nobody has given it one. */
export async function airingOf(db: Db, releaseId: Id<'release'>): Promise<readonly Period[] | null> {
  const row = await db.selectFrom('airing').select('periods').where('releaseId', '=', releaseId).executeTakeFirst()
  return (row?.periods as unknown as readonly Period[] | undefined) ?? null // as the action parsed them
}

export async function upsertAiring(
  db: Db,
  releaseId: Id<'release'>,
  periods: readonly Period[],
  keptBy: Id<'person'> | null,
  keptAt: Date,
): Promise<void> {
  const change = { periods: JSON.stringify(periods), keptBy, keptAt }
  await db
    .insertInto('airing')
    .values({ releaseId, ...change })
    .onConflict((clash) => clash.column('releaseId').doUpdateSet(change))
    .execute()
}

/** Puts what could not be laid of a row in the place of what was said before. */
export async function replaceConflicts(
  db: Db,
  row: RowKey,
  stationId: Id<'outlet'>,
  conflicts: readonly Conflict[],
): Promise<void> {
  await db.deleteFrom('layConflict').where('deliveryId', '=', row.deliveryId).execute()
  if (conflicts.length === 0) return
  await sql`
    insert into lay_conflict (delivery_id, release_id, station_id, day, slot_id, why, what)
    select ${row.deliveryId}::uuid, ${row.releaseId}::uuid, ${stationId}::uuid, day, slot_id, why, what
    from unnest(${conflicts.map(({ day }) => day)}::date[], ${conflicts.map(({ slotId }) => slotId)}::uuid[],
      ${conflicts.map(({ why }) => why)}::text[], ${conflicts.map(({ what }) => what)}::text[]) as given (day, slot_id, why, what)`.execute(
    db,
  )
}

/** What could not be laid at a station on a day. */
export async function conflictsOfDay(
  db: Db,
  stationId: Id<'outlet'>,
  day: string,
): Promise<(Pick<Conflict, 'why' | 'what' | 'slotId'> & { readonly releaseId: Id<'release'> })[]> {
  const rows = await db
    .selectFrom('layConflict')
    .select(['releaseId', 'why', 'what', 'slotId'])
    .distinct()
    .where('stationId', '=', stationId)
    .where('day', '=', day)
    .orderBy('why')
    .execute()
  return rows as unknown as (Conflict & { releaseId: Id<'release'> })[] // as replaceConflicts wrote them
}

/** A row of a release at a station, with the broadcasts that it plays there. */
export interface LaidRow {
  readonly deliveryId: Id<'delivery'>
  readonly stationId: Id<'outlet'>
  readonly broadcastIds: readonly Id<'broadcast'>[]
}

/**
 * Rows of a release at stations that hold plays or are to have some, also those of which a day off took everything: not
 * those that were refused or stopped.
 */
export async function rowsToLayAnew(db: Db, releaseId: Id<'release'>): Promise<LaidRow[]> {
  const { rows } = await sql<LaidRow>`
    select delivery.id as delivery_id, station.outlet_id as station_id,
      array(select distinct play.broadcast_id from play where play.release_id = delivery.release_id
        and play.delivery_id = delivery.id and (play.state <> 'cancelled' or play.off_day_id is not null)) as broadcast_ids
    from delivery join station on station.outlet_id = delivery.outlet_id join outlet on outlet.id = delivery.outlet_id
    where delivery.release_id = ${releaseId}::uuid and delivery.channel = 'loudspeaker'
      and (delivery.state in ('accepted', 'delivered') or (delivery.state = 'cancelled' and delivery.reason = 'off_day'))
    order by outlet.code`.execute(db)
  return rows
}
