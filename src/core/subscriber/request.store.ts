import type { Db } from '../kernel/index.ts'

/** Notes that one asked; what is older than `sweptBefore` goes. */
export async function insertRequest(
  db: Db,
  request: { readonly contactHash: string; readonly addressHash: string },
  at: Date,
  sweptBefore: Date,
): Promise<void> {
  await db.deleteFrom('subscriptionRequest').where('at', '<', sweptBefore).execute()
  await db
    .insertInto('subscriptionRequest')
    .values({ ...request, at })
    .execute()
}

/** How often one asked since a moment, by its contact point or by the address it came from. */
export async function requestsSince(
  db: Db,
  of: 'contactHash' | 'addressHash',
  hash: string,
  since: Date,
): Promise<number> {
  const { n } = await db
    .selectFrom('subscriptionRequest')
    .select((eb) => eb.cast<number>(eb.fn.countAll(), 'integer').as('n'))
    .where(of, '=', hash)
    .where('at', '>', since)
    .executeTakeFirstOrThrow()
  return n
}
