import { sql } from 'kysely'
import type { Day, Db, Id } from '../kernel/index.ts'
import type { OffDay } from './lay-out.ts'
import type { Slot } from './slot.ts'

const COLUMNS = [
  'id',
  'stationId',
  'name',
  'weekdays',
  'market',
  'begins',
  'minutes',
  'fromDay',
  'toDay',
  'seasonFrom',
  'seasonTo',
] as const

/** Slots of a station that have not ended before `day`, by their hour. */
export async function slotsOf(db: Db, stationId: Id<'outlet'>, day: Day): Promise<Slot[]> {
  const rows = await db
    .selectFrom('slot')
    .select(COLUMNS)
    .where('stationId', '=', stationId)
    .where((eb) => eb.or([eb('toDay', 'is', null), eb('toDay', '>=', day)]))
    .orderBy('begins')
    .orderBy('id')
    .execute()
  return rows.map(asSlot)
}

export async function slotById(db: Db, id: Id<'slot'>): Promise<Slot | null> {
  const row = await db.selectFrom('slot').select(COLUMNS).where('id', '=', id).executeTakeFirst()
  return row ? asSlot(row) : null
}

export async function upsertSlot(db: Db, slot: Slot): Promise<void> {
  const { id, stationId, ...change } = slot
  await db
    .insertInto('slot')
    .values({ id, stationId, ...change })
    .onConflict((clash) => clash.column('id').doUpdateSet(change))
    .execute()
}

/** Lets one layout of a station after another run, until the transaction ends. */
export async function lockProgramme(db: Db, stationId: Id<'outlet'>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('programme ' || ${stationId}, 0))`.execute(db)
}

export interface KeptOffDay extends OffDay {
  readonly id: Id<'off_day'>
  readonly kind: 'holiday' | 'exam' | 'mourning' | 'other'
  readonly organisationId: Id<'organisation'> | null
}

/** Days off that reach into the time from one day to another: those of everybody, and of some bodies. */
export async function offDaysBetween(
  db: Db,
  from: Day,
  to: Day,
  organisations: readonly Id<'organisation'>[] | null,
): Promise<KeptOffDay[]> {
  let query = db
    .selectFrom('offDay')
    .select(['id', 'fromDay', 'toDay', 'name', 'kind', 'stops', 'organisationId'])
    .where('fromDay', '<=', to)
    .where('toDay', '>=', from)
    .orderBy('fromDay')
    .orderBy('id')
  if (organisations) {
    query = query.where((eb) =>
      eb.or([
        eb('organisationId', 'is', null),
        ...(organisations.length > 0 ? [eb('organisationId', 'in', [...organisations])] : []),
      ]),
    )
  }
  return (await query.execute()) as unknown as KeptOffDay[] // kinds as the table checks them
}

export async function insertOffDay(
  db: Db,
  off: KeptOffDay & { readonly keptBy: Id<'person'> | null; readonly keptAt: Date },
): Promise<void> {
  await db.insertInto('offDay').values(off).execute()
}

export async function offDayById(db: Db, id: Id<'off_day'>): Promise<KeptOffDay | null> {
  const row = await db
    .selectFrom('offDay')
    .select(['id', 'fromDay', 'toDay', 'name', 'kind', 'stops', 'organisationId'])
    .where('id', '=', id)
    .executeTakeFirst()
  return (row as unknown as KeptOffDay | undefined) ?? null // kinds as the table checks them
}

export async function deleteOffDay(db: Db, id: Id<'off_day'>): Promise<void> {
  await db.deleteFrom('offDay').where('id', '=', id).execute()
}

function asSlot(row: Record<string, unknown>): Slot {
  return { ...row, begins: String(row['begins']).slice(0, 5) } as unknown as Slot // every column, its hour cut to minutes
}
