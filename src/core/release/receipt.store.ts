import { sql, type RawBuilder } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'
import { alongIndex } from './claim.store.ts'
import type { Receipt } from './sender.ts'

/** What a gateway's receipts of one round were: how many, and how long they were waited for, in seconds together. */
export interface Matched {
  readonly gatewayId: Id<'gateway'>
  readonly receipts: number
  readonly seconds: number
  /** Rows of several parts of which one was heard. */
  readonly pieces: readonly Id<'delivery'>[]
}

/**
 * Keeps what machines said, once however often it is said, and closes in the same statement the rows that were waiting for
 * just this: those in one piece that are accepted. All else waits for `matchReceipts`. Answers what was closed.
 */
export async function keepReceipts(db: Db, receipts: readonly Receipt[], now: Date): Promise<Matched[]> {
  const column = <T>(of: (receipt: Receipt) => T): T[] => receipts.map(of)
  // One look-up after the other, by keys alone: the planner knows nothing of how many are given.
  const { rows } = await alongIndex(db, (inside) =>
    sql<Matched>`
    with known as (
      select given.*, row.release_id, row.id, row.accepted_at from unnest(${column((r) => r.gatewayId)}::uuid[], ${column((r) => r.ref)}::text[],
        ${column((r) => r.state)}::text[], ${column((r) => r.at)}::timestamptz[],
        ${column((r) => r.detail.slice(0, 500))}::text[]) as given (gateway_id, ref, state, at, detail)
      left join lateral (
        select delivery.release_id, delivery.id, delivery.accepted_at from (
          select release_id, delivery_id from delivery_part
          where gateway_id = given.gateway_id and ref = given.ref and part = 0 offset 0
        ) as part cross join lateral (
          select * from delivery where release_id = part.release_id and id = part.delivery_id and state = 'accepted' offset 0
        ) as delivery
      ) as row on true
    ), noted as (
      insert into receipt (gateway_id, ref, state, at, noted_at, detail, matched_at)
      select gateway_id, ref, state, at, ${now}::timestamptz, detail, case when id is not null then ${now}::timestamptz end
      from known order by gateway_id, ref, state
      on conflict (gateway_id, ref, state) do nothing
      returning gateway_id, matched_at
    ), said as (
      select release_id, id, min(detail) as detail, bool_or(state = 'delivered') as good from known where id is not null group by 1, 2
    ), closed as (${closedBy(sql`delivery.state = 'accepted'`, now)})
    select counted.*, '{}'::uuid[] as pieces, (
      select ${waitedFor(now)} from (select distinct gateway_id, id, accepted_at from known where id is not null) as heard
      where heard.gateway_id = counted."gatewayId"
    ) as seconds
    from (select gateway_id as "gatewayId", count(matched_at)::int as receipts from noted group by 1) as counted
    where receipts > 0`.execute(inside),
  )
  return rows
}

/** Brings the rows to their end of which was `said` something, where they are in these states. */
const closedBy = (isOpen: RawBuilder<unknown>, now: Date) => sql`
      update delivery set state = case when said.good then 'delivered' else 'failed' end, fence = fence + 1, ask_at = null,
        reason = case when said.good then '' else said.detail end, closed_at = ${now}::timestamptz
      from said where delivery.release_id = said.release_id and delivery.id = said.id and (${isOpen})`

/** Seconds from being taken until being heard of, all together. */
const waitedFor = (now: Date) =>
  sql`coalesce(sum(greatest(0, extract(epoch from ${now}::timestamptz - accepted_at))), 0)::float`

/**
 * Closes rows by receipts that wait to be matched, the oldest first, up to `limit`. One that came before its row knew
 * the reference waits on; that something arrived is believed even after it was said to have failed, not the other way.
 */
export async function matchReceipts(db: Db, since: Date, limit: number, now: Date): Promise<Matched[]> {
  const { rows } = await alongIndex(db, (inside) =>
    sql<Matched>`
    with waiting as (
      select receipt.gateway_id, receipt.ref, receipt.state, receipt.detail,
        part.release_id, part.delivery_id as id, delivery.accepted_at, part.part > 0 as is_part
      from receipt join delivery_part as part on part.gateway_id = receipt.gateway_id and part.ref = receipt.ref
      join delivery on delivery.release_id = part.release_id and delivery.id = part.delivery_id and delivery.state <> 'claimed'
      where matched_at is null and noted_at >= ${since}::timestamptz
      order by noted_at limit ${limit} for update of receipt skip locked
    ), said as (
      select release_id, id, min(detail) as detail, bool_or(state = 'delivered') as good
      from waiting where not is_part group by 1, 2
    ), closed as (${closedBy(sql`delivery.state in ('accepted', 'unknown') or (delivery.state = 'failed' and said.good)`, now)}
    ), marked as (
      update delivery_part set state = case when good then 'delivered' else 'failed' end
      from (select gateway_id, ref, bool_or(state = 'delivered') as good from waiting where is_part group by 1, 2) as said
      where delivery_part.gateway_id = said.gateway_id and delivery_part.ref = said.ref
        and (delivery_part.state = 'accepted' or (delivery_part.state = 'failed' and said.good))
    ), matched as (
      update receipt set matched_at = ${now}::timestamptz
      from waiting where receipt.gateway_id = waiting.gateway_id and receipt.ref = waiting.ref and receipt.state = waiting.state
    )
    select gateway_id as "gatewayId", count(*)::int as receipts,
      coalesce(array_agg(distinct id) filter (where is_part), '{}') as pieces,
      ${waitedFor(now)} as seconds
    from waiting group by gateway_id`.execute(inside),
  )
  return rows
}

/** Closes those rows of several parts whose every part has been heard of: arrived when all did. Answers how many. */
export async function rollUpParts(db: Db, ids: readonly Id<'delivery'>[], now: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with summed as (
      select part.release_id, part.delivery_id, count(*)::int as parts,
        count(*) filter (where part.state = 'delivered')::int as good, count(*) filter (where part.state = 'accepted')::int as silent
      from delivery_part as part where part.delivery_id = any(${[...ids]}::uuid[]) and part.part > 0 group by 1, 2
    ), stands as (
      select summed.*, delivery.parts as planned, good = delivery.parts as arrived,
        silent = 0 and summed.parts >= delivery.parts and good < delivery.parts as lost
      from summed join delivery on delivery.release_id = summed.release_id and delivery.id = summed.delivery_id
    ), counted as (
      update delivery set parts_good = good, fence = case when arrived or lost then fence + 1 else fence end,
        state = case when arrived then 'delivered' when lost then 'failed' else state end,
        reason = case when arrived then '' when lost then 'part_lost' else reason end,
        ask_at = case when arrived or lost then null else ask_at end,
        closed_at = case when arrived or lost then ${now}::timestamptz else closed_at end
      from stands where delivery.release_id = stands.release_id and delivery.id = stands.delivery_id
        and (delivery.state in ('accepted', 'unknown') or (delivery.state = 'failed' and arrived))
      returning delivery.id
    )
    select count(*)::int as n from counted`.execute(db)
  return rows[0]?.n ?? 0
}

/** Receipts of a gateway that no row answers to. */
export async function unmatchedReceipts(db: Db, gatewayId: Id<'gateway'>, since: Date): Promise<number> {
  const { n } = await db
    .selectFrom('receipt')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('gatewayId', '=', gatewayId)
    .where('matchedAt', 'is', null)
    .where('notedAt', '>=', since)
    .executeTakeFirstOrThrow()
  return Number(n)
}
