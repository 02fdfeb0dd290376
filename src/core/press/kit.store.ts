import type { Db, Id } from '../kernel/index.ts'
import type { Kit } from './kit.ts'

const COLUMNS = ['deliveryId', 'outletId', 'state', 'at', 'reason'] as const

/** Writes that a kit is to go; answers false where one was written before. */
export async function insertKit(
  db: Db,
  deliveryId: Id<'delivery'>,
  outletId: Id<'outlet'>,
  at: Date,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('pressKit')
    .values({ deliveryId, outletId, state: 'waiting', at })
    .onConflict((clash) => clash.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export async function kitOf(db: Db, deliveryId: Id<'delivery'>): Promise<Kit | null> {
  const row = await db.selectFrom('pressKit').select(COLUMNS).where('deliveryId', '=', deliveryId).executeTakeFirst()
  return row ? (row as unknown as Kit) : null // states by the check of the table
}

/** Changes a kit that stands in a state; answers whether it did. */
export async function moveKit(
  db: Db,
  deliveryId: Id<'delivery'>,
  from: readonly Kit['state'][],
  to: Pick<Kit, 'state' | 'at' | 'reason'>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('pressKit')
    .set(to)
    .where('deliveryId', '=', deliveryId)
    .where('state', 'in', [...from])
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
