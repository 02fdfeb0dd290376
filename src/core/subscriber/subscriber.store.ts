import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'
import type { ContactKind } from './contact.ts'
import type { Subscriber, SuppressionReason } from './subscriber.ts'

const COLUMNS = [
  'id',
  'contactKind',
  'contactSealed',
  'language',
  'createdAt',
  'suppressedAt',
  'suppressedReason',
  'erasedAt',
] as const

interface Reachable {
  readonly id: Id<'subscriber'>
  readonly contactSealed: string
  readonly language: string | null
}

/** Of these members of lists, those whose subscription is active and who are not suppressed; who is in two lists comes twice. */
export async function reachable(
  db: Db,
  rows: readonly { readonly recipientId: Id<'subscriber'>; readonly outletId: Id<'outlet'> }[],
): Promise<Reachable[]> {
  if (rows.length === 0) return []
  // One look-up after the other, by their keys: hundreds of a list of a million, over and over.
  const { rows: found } = await sql<Reachable>`
    select subscriber.id, subscriber.contact_sealed, subscriber.language
    from unnest(${rows.map(({ outletId }) => outletId)}::uuid[], ${rows.map(({ recipientId }) => recipientId)}::uuid[])
      as asked (outlet_id, subscriber_id)
    cross join lateral (
      select from subscription where outlet_id = asked.outlet_id and subscriber_id = asked.subscriber_id and state = 'active' offset 0
    ) as member
    cross join lateral (
      select id, contact_sealed, language from subscriber
      where id = asked.subscriber_id and suppressed_at is null and contact_sealed is not null offset 0
    ) as subscriber`.execute(db)
  return found
}

export async function subscriberById(db: Db, id: Id<'subscriber'>): Promise<Subscriber | null> {
  const row = await db.selectFrom('subscriber').select(COLUMNS).where('id', '=', id).executeTakeFirst()
  return (row as Subscriber | undefined) ?? null // kinds and reasons as the actions wrote them
}

/** The one who has this contact point. */
export async function subscriberByHash(db: Db, kind: ContactKind, hash: string): Promise<Subscriber | null> {
  const row = await db
    .selectFrom('subscriber')
    .select(COLUMNS)
    .where('contactKind', '=', kind)
    .where('contactHash', '=', hash)
    .executeTakeFirst()
  return (row as Subscriber | undefined) ?? null // likewise
}

/** Those of these hashes, by hash. */
export async function subscribersByHashes(
  db: Db,
  kind: ContactKind,
  hashes: readonly string[],
): Promise<Map<string, Subscriber>> {
  const rows = await db
    .selectFrom('subscriber')
    .select([...COLUMNS, 'contactHash'])
    .where('contactKind', '=', kind)
    .where(sql<boolean>`contact_hash = any(${hashes}::text[])`)
    .execute()
  return new Map(rows.map(({ contactHash, ...row }) => [contactHash, row as Subscriber])) // likewise
}

export interface NewSubscriber {
  readonly id: Id<'subscriber'>
  readonly contactKind: ContactKind
  readonly contactHash: string
  readonly contactSealed: string
  readonly language: string | null
  readonly createdAt: Date
}

/** Keeps those whose contact points nobody has yet; two at once make one. */
export async function insertSubscribers(db: Db, subscribers: readonly NewSubscriber[]): Promise<void> {
  for (let at = 0; at < subscribers.length; at += 1_000) {
    await db
      .insertInto('subscriber')
      .values(subscribers.slice(at, at + 1_000))
      .onConflict((clash) => clash.columns(['contactKind', 'contactHash']).doNothing())
      .execute()
  }
}

export async function setLanguage(db: Db, id: Id<'subscriber'>, language: string | null): Promise<void> {
  await db.updateTable('subscriber').set({ language }).where('id', '=', id).execute()
}

/** Marks one as not to be written to; answers whether that is new. The first reason stays, but a complaint outweighs a bounce. */
export async function setSuppressed(
  db: Db,
  id: Id<'subscriber'>,
  at: Date,
  reason: SuppressionReason,
): Promise<boolean> {
  const row = await db
    .updateTable('subscriber')
    .set({ suppressedAt: at, suppressedReason: reason })
    .where('id', '=', id)
    .where(sql<boolean>`(suppressed_at is null or (suppressed_reason = 'bounce' and ${reason} <> 'bounce'))`)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function setUnsuppressed(db: Db, id: Id<'subscriber'>): Promise<void> {
  await db.updateTable('subscriber').set({ suppressedAt: null, suppressedReason: null }).where('id', '=', id).execute()
}

/** Takes the contact point away for good. `contactHash` is what stands in the place of its hash; null keeps it. */
export async function setErased(db: Db, id: Id<'subscriber'>, at: Date, contactHash: string | null): Promise<void> {
  await db
    .updateTable('subscriber')
    .set({ contactSealed: null, language: null, placeId: null, erasedAt: at })
    .$if(contactHash !== null, (query) => query.set({ contactHash: contactHash ?? '' }))
    .where('id', '=', id)
    .execute()
}

/** Whole contact points without any subscription that lives, or that ended after `endedBefore`, and that nothing else needs. */
export async function forgettable(db: Db, endedBefore: Date, limit: number): Promise<Id<'subscriber'>[]> {
  const { rows } = await sql<{ id: Id<'subscriber'> }>`
    select id from subscriber
    where erased_at is null and created_at < ${endedBefore}::timestamptz
      and (suppressed_at is null or suppressed_at < ${endedBefore}::timestamptz)
      and not exists (
        select 1 from subscription where subscriber_id = subscriber.id
          and (state <> 'ended' or ended_at >= ${endedBefore}::timestamptz))
    limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}
