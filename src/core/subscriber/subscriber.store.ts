import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'
import type { ContactKind } from './contact.ts'

interface Reachable {
  readonly id: Id<'subscriber'>
  readonly contactSealed: string
  readonly language: string | null
}

/** Of these members of lists, those whose subscription is active and who are not suppressed. */
export async function reachable(
  db: Db,
  rows: readonly { readonly recipientId: Id<'subscriber'>; readonly outletId: Id<'outlet'> }[],
): Promise<Reachable[]> {
  if (rows.length === 0) return []
  const { rows: found } = await sql<Reachable>`
    select distinct subscriber.id, contact_sealed, language
    from unnest(${rows.map(({ outletId }) => outletId)}::uuid[], ${rows.map(({ recipientId }) => recipientId)}::uuid[])
      as asked (outlet_id, subscriber_id)
    join subscription on subscription.outlet_id = asked.outlet_id and subscription.subscriber_id = asked.subscriber_id
    join subscriber on subscriber.id = asked.subscriber_id
    where subscription.state = 'active' and suppressed_at is null and contact_sealed is not null`.execute(db)
  return found
}

/** The one who has this contact point. */
export async function subscriberByHash(db: Db, kind: ContactKind, hash: string): Promise<Id<'subscriber'> | null> {
  const row = await db
    .selectFrom('subscriber')
    .select('id')
    .where('contactKind', '=', kind)
    .where('contactHash', '=', hash)
    .executeTakeFirst()
  return (row?.id as Id<'subscriber'> | undefined) ?? null
}

export interface NewSubscriber {
  readonly id: Id<'subscriber'>
  readonly contactKind: ContactKind
  readonly contactHash: string
  readonly contactSealed: string
  readonly language: string | null
  readonly createdAt: Date
}

/** Keeps a subscriber, or answers the one of the same contact point who stands; two at once make one. */
export async function keepSubscriber(db: Db, subscriber: NewSubscriber): Promise<Id<'subscriber'>> {
  await db
    .insertInto('subscriber')
    .values(subscriber)
    .onConflict((clash) => clash.columns(['contactKind', 'contactHash']).doNothing())
    .execute()
  const id = await subscriberByHash(db, subscriber.contactKind, subscriber.contactHash)
  if (!id) throw new Error('a subscriber that was just kept is gone')
  return id
}

/** Marks one as not to be written to; the first reason stays. */
export async function setSuppressed(db: Db, id: Id<'subscriber'>, at: Date, reason: string): Promise<boolean> {
  const row = await db
    .updateTable('subscriber')
    .set({ suppressedAt: at, suppressedReason: reason })
    .where('id', '=', id)
    .where('suppressedAt', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Ends what one is subscribed to: all lists, or one. Answers how many ended. */
export async function endThose(
  db: Db,
  id: Id<'subscriber'>,
  outletId: Id<'outlet'> | null,
  at: Date,
  reason: string,
): Promise<number> {
  let query = db
    .updateTable('subscription')
    .set({ state: 'ended', endedAt: at, endedReason: reason })
    .where('subscriberId', '=', id)
    .where('state', '<>', 'ended')
  if (outletId) query = query.where('outletId', '=', outletId)
  return (await query.returning('outletId').execute()).length
}
