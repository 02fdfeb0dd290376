import { sql } from 'kysely'
import type { Day, Db, Id } from '../kernel/index.ts'
import type { OffDay } from './lay-out.ts'

const COLUMNS = ['id', 'fromDay', 'toDay', 'name', 'kind', 'stops', 'organisationId'] as const

/** Day off (ngày nghỉ phát) that somebody has set. */
export interface KeptOffDay extends OffDay {
  readonly id: Id<'off_day'>
  readonly kind: 'holiday' | 'exam' | 'mourning' | 'other'
  /** For the stations of this body and of those below it; null: for every station. */
  readonly organisationId: Id<'organisation'> | null
}

const holding = (db: Db) => db.selectFrom('offDay').select(COLUMNS).where('droppedAt', 'is', null)

/** Days off that reach into the time from one day to another: those of everybody, and of some bodies. */
export async function offDaysBetween(
  db: Db,
  from: Day,
  to: Day,
  organisations: readonly Id<'organisation'>[],
): Promise<KeptOffDay[]> {
  const rows = await holding(db)
    .where('fromDay', '<=', to)
    .where('toDay', '>=', from)
    .where((eb) => eb.or([eb('organisationId', 'is', null), eb('organisationId', '=', anyOf(organisations))]))
    .orderBy('fromDay')
    .orderBy('id')
    .execute()
  return rows as unknown as KeptOffDay[] // kinds as the table checks them
}

/** After which day off a page begins. */
export interface OffDayKey {
  readonly fromDay: Day
  readonly id: Id<'off_day'>
}

/** Days off that are not over, page by page: of everybody and of some bodies, or of all. */
export async function offDaysFrom(
  db: Db,
  today: Day,
  organisations: readonly Id<'organisation'>[] | null,
  after: OffDayKey | null,
  limit: number,
): Promise<KeptOffDay[]> {
  let query = holding(db).where('toDay', '>=', today).orderBy('fromDay').orderBy('id').limit(limit)
  if (organisations)
    query = query.where((eb) =>
      eb.or([eb('organisationId', 'is', null), eb('organisationId', '=', anyOf(organisations))]),
    )
  if (after) query = query.where((eb) => eb(eb.refTuple('fromDay', 'id'), '>', eb.tuple(after.fromDay, after.id)))
  return (await query.execute()) as unknown as KeptOffDay[] // kinds as the table checks them
}

export async function offDayById(db: Db, id: Id<'off_day'>): Promise<KeptOffDay | null> {
  const row = await holding(db).where('id', '=', id).executeTakeFirst()
  return (row as unknown as KeptOffDay | undefined) ?? null // kinds as the table checks them
}

/** The one that says the same and holds; null where there is none. Lets one be set after another, until the transaction ends. */
export async function sameOffDay(db: Db, off: Omit<KeptOffDay, 'id'>): Promise<Id<'off_day'> | null> {
  await sql`select pg_advisory_xact_lock(hashtextextended('off_day', 0))`.execute(db)
  const { fromDay, toDay, name, kind, stops, organisationId } = off
  const row = await holding(db)
    .where((eb) => eb.and({ fromDay, toDay, name, kind, stops }))
    .where('organisationId', organisationId === null ? 'is' : '=', organisationId)
    .executeTakeFirst()
  return (row?.id as Id<'off_day'> | undefined) ?? null
}

export async function insertOffDay(
  db: Db,
  off: KeptOffDay & { readonly keptBy: Id<'person'> | null; readonly keptAt: Date },
): Promise<void> {
  await db.insertInto('offDay').values(off).execute()
}

/** From now on it holds no more. */
export async function endOffDay(db: Db, id: Id<'off_day'>, now: Date): Promise<void> {
  await db.updateTable('offDay').set({ droppedAt: now }).where('id', '=', id).execute()
}

const anyOf = (ids: readonly Id<'organisation'>[]) => sql<string>`any(${[...ids]}::uuid[])`
