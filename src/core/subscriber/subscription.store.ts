import { sql } from 'kysely'
import type { Day, Db, Id } from '../kernel/index.ts'
import { OWN_WILL, type EndReason, type Subscription, type SubscriptionState } from './subscriber.ts'

const COLUMNS = [
  'outletId',
  'subscriberId',
  'state',
  'source',
  'consentNote',
  'consentOn',
  'askedAt',
  'confirmedAt',
  'endedAt',
  'endedReason',
] as const

/** Asks for lists in one's name, where they are not active already; answers how many. */
export async function askFor(
  db: Db,
  subscriberId: Id<'subscriber'>,
  outletIds: readonly Id<'outlet'>[],
  { askedAt, consentWords }: { readonly askedAt: Date; readonly consentWords: string },
): Promise<number> {
  const asked = { state: 'asked', askedAt, consentWords, source: 'portal' as const }
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('subscription')
    .values(outletIds.map((outletId) => ({ outletId, subscriberId, ...asked })))
    .onConflict((clash) =>
      clash
        .columns(['outletId', 'subscriberId'])
        .doUpdateSet({
          ...asked,
          confirmedAt: null,
          endedAt: null,
          endedReason: null,
          consentNote: '',
          consentOn: null,
        })
        .where('subscription.state', '<>', 'active'),
    )
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows ?? 0)
}

/** Makes active what was asked for at that very moment; answers the lists. */
export async function confirmAsked(
  db: Db,
  subscriberId: Id<'subscriber'>,
  askedAt: Date,
  now: Date,
): Promise<Id<'outlet'>[]> {
  const rows = await db
    .updateTable('subscription')
    .set({ state: 'active', confirmedAt: now })
    .where('subscriberId', '=', subscriberId)
    .where('askedAt', '=', askedAt)
    .where('state', '=', 'asked')
    .returning('outletId')
    .execute()
  return rows.map(({ outletId }) => outletId as Id<'outlet'>)
}

/** Ends what one is subscribed to: all lists, or one. Answers how many ended. */
export async function endThose(
  db: Db,
  subscriberId: Id<'subscriber'>,
  outletId: Id<'outlet'> | null,
  at: Date,
  reason: EndReason,
): Promise<number> {
  let query = db
    .updateTable('subscription')
    .set({ state: 'ended', endedAt: at, endedReason: reason })
    .where('subscriberId', '=', subscriberId)
    .where('state', '<>', 'ended')
  if (outletId) query = query.where('outletId', '=', outletId)
  return (await query.returning('outletId').execute()).length
}

export async function subscriptionsOf(db: Db, subscriberId: Id<'subscriber'>): Promise<Subscription[]> {
  const rows = await db
    .selectFrom('subscription')
    .select(COLUMNS)
    .where('subscriberId', '=', subscriberId)
    .orderBy('askedAt')
    .execute()
  return rows as Subscription[] // states and sources as the actions wrote them
}

export interface Imported {
  readonly subscriberId: Id<'subscriber'>
  readonly consentOn: Day
  readonly consentNote: string
}

/** Makes members active whose consent was recorded elsewhere. Who left by their own will stays away. Answers how many became active. */
export async function insertImported(
  db: Db,
  outletId: Id<'outlet'>,
  members: readonly Imported[],
  now: Date,
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with given as (
      select * from unnest(${members.map((one) => one.subscriberId)}::uuid[], ${members.map((one) => one.consentOn)}::date[],
        ${members.map((one) => one.consentNote)}::text[]) as given (subscriber_id, consent_on, consent_note)
    ), kept as (
      insert into subscription as held (outlet_id, subscriber_id, state, asked_at, confirmed_at, source, consent_on, consent_note)
      select ${outletId}::uuid, subscriber_id, 'active', ${now}::timestamptz, ${now}::timestamptz, 'import', consent_on, consent_note
      from given
      on conflict (outlet_id, subscriber_id) do update set state = 'active', confirmed_at = excluded.confirmed_at,
        source = 'import', consent_on = excluded.consent_on, consent_note = excluded.consent_note, ended_at = null, ended_reason = null
      where held.state = 'asked' or (held.state = 'ended' and not (held.ended_reason = any(${OWN_WILL}::text[])))
      returning 1
    )
    select count(*)::int as n from kept`.execute(db)
  return rows[0]?.n ?? 0
}

export interface Member {
  readonly subscriberId: Id<'subscriber'>
  readonly state: SubscriptionState
  readonly endedReason: EndReason | null
  readonly source: Subscription['source']
  readonly since: Date
  readonly contactSealed: string | null
}

/** Members of a list in a state, by id, after an id. */
export async function membersOf(
  db: Db,
  outletId: Id<'outlet'>,
  state: SubscriptionState,
  after: Id<'subscriber'> | null,
  limit: number,
): Promise<Member[]> {
  let query = db
    .selectFrom('subscription')
    .innerJoin('subscriber', 'subscriber.id', 'subscription.subscriberId')
    .select(['subscriberId', 'state', 'endedReason', 'source', 'contactSealed'])
    .select((eb) => eb.fn.coalesce('endedAt', 'confirmedAt', 'askedAt').as('since'))
    .where('outletId', '=', outletId)
    .where('state', '=', state)
    .orderBy('subscriberId')
    .limit(limit)
  if (after) query = query.where('subscriberId', '>', after)
  return (await query.execute()) as Member[] // as the actions wrote them
}

export type SubscriptionCounts = Readonly<Record<SubscriptionState, number>>

/** How many stand in each state, by list. */
export async function countsOf(
  db: Db,
  outletIds: readonly Id<'outlet'>[],
): Promise<ReadonlyMap<Id<'outlet'>, SubscriptionCounts>> {
  const rows = await db
    .selectFrom('subscriptionCount')
    .select(['outletId', 'state', 'n'])
    .where(sql<boolean>`outlet_id = any(${outletIds}::uuid[])`)
    .execute()
  const none: SubscriptionCounts = { asked: 0, active: 0, ended: 0 }
  const counts = new Map<Id<'outlet'>, SubscriptionCounts>(outletIds.map((id) => [id, none]))
  for (const { outletId, state, n } of rows) {
    const id = outletId as Id<'outlet'>
    counts.set(id, { ...none, ...counts.get(id), [state]: n })
  }
  return counts
}

/** Takes away what was asked for and never confirmed. */
export async function deleteAsked(db: Db, before: Date): Promise<number> {
  const rows = await db
    .deleteFrom('subscription')
    .where('state', '=', 'asked')
    .where('askedAt', '<', before)
    .returning('outletId')
    .execute()
  return rows.length
}

/** Takes away what people wrote about one's consent; that there was a subscription stays, to be counted. */
export async function clearConsent(db: Db, subscriberId: Id<'subscriber'>): Promise<void> {
  await db.updateTable('subscription').set({ consentNote: '' }).where('subscriberId', '=', subscriberId).execute()
}
