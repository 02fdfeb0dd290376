import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'

/** Of these lists, those that the public may ask for. */
export async function openLists(db: Db, outletIds: readonly Id<'outlet'>[]): Promise<ReadonlySet<Id<'outlet'>>> {
  const rows = await db
    .selectFrom('subscriberList')
    .select('outletId')
    .where(sql<boolean>`outlet_id = any(${outletIds}::uuid[])`)
    .execute()
  return new Set(rows.map(({ outletId }) => outletId as Id<'outlet'>))
}

export async function insertOpened(
  db: Db,
  outletId: Id<'outlet'>,
  at: Date,
  by: Id<'person'> | null,
): Promise<boolean> {
  const row = await db
    .insertInto('subscriberList')
    .values({ outletId, openedAt: at, openedBy: by })
    .onConflict((clash) => clash.column('outletId').doNothing())
    .returning('outletId')
    .executeTakeFirst()
  return row !== undefined
}

export async function deleteOpened(db: Db, outletId: Id<'outlet'>): Promise<boolean> {
  const row = await db
    .deleteFrom('subscriberList')
    .where('outletId', '=', outletId)
    .returning('outletId')
    .executeTakeFirst()
  return row !== undefined
}
