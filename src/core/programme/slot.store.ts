import { sql } from 'kysely'
import type { Day, Db, Id } from '../kernel/index.ts'
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
  await lockProgrammes(db, [stationId])
}

/** The same for many stations, by their codes: so whoever locks some of them waits for others without a deadlock. */
export async function lockProgrammes(db: Db, stationIds: readonly Id<'outlet'>[]): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended('programme ' || id, 0))
    from unnest(${[...stationIds]}::text[]) with ordinality as given (id, at) order by at`.execute(db)
}

function asSlot(row: Record<string, unknown>): Slot {
  return { ...row, begins: String(row['begins']).slice(0, 5) } as unknown as Slot // every column, its hour cut to minutes
}
