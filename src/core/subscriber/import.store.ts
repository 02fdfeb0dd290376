import type { Db, Id } from '../kernel/index.ts'

export interface KeptImport {
  readonly id: Id<'subscriber_import'>
  readonly outletId: Id<'outlet'>
  readonly sealed: string
  readonly createdAt: Date
}

/** Keeps a list that was previewed; those before `sweptBefore` go. */
export async function insertImport(db: Db, kept: KeptImport, sweptBefore: Date): Promise<void> {
  await db.deleteFrom('subscriberImport').where('createdAt', '<', sweptBefore).execute()
  await db.insertInto('subscriberImport').values(kept).execute()
}

/** Takes a kept list out: it is put in once. */
export async function takeImport(db: Db, id: Id<'subscriber_import'>): Promise<KeptImport | null> {
  const row = await db.deleteFrom('subscriberImport').where('id', '=', id).returningAll().executeTakeFirst()
  return (row as KeptImport | undefined) ?? null // ids as insertImport wrote them
}
