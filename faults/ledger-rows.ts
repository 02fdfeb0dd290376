import { sql } from 'kysely'
import type { Db, Id } from '../src/core/kernel/index.ts'
import type { LedgerRow } from './verdict.ts'

/** How an end is called on both sides: an outlet, or a subscriber behind one. */
export function endOf(outletId: string, recipientId: string | null): string {
  return recipientId ? `${outletId}/${recipientId}` : outletId
}

/** Every row of these releases as the table has it, without any of the code that is under test. */
export async function ledgerRows(db: Db, releases: readonly Id<'release'>[]): Promise<LedgerRow[]> {
  const { rows } = await sql<Omit<LedgerRow, 'end'> & { outletId: string; recipientId: string | null }>`
    select delivery.id, delivery.release_id as "releaseId", delivery.channel, delivery.means, delivery.state,
      delivery.outlet_id as "outletId", delivery.recipient_id as "recipientId", release.kind, release.of_release_id as "of",
      release.cancelled_reason as stopped
    from delivery join release on release.id = delivery.release_id
    where release.id = any(${[...releases]}::uuid[])`.execute(db)
  return rows.map(({ outletId, recipientId, ...row }) => ({ ...row, end: endOf(outletId, recipientId) }))
}

/** The releases that follow these, with them. */
export async function withFollowers(db: Db, releases: readonly Id<'release'>[]): Promise<Id<'release'>[]> {
  const { rows } = await sql<{ id: Id<'release'> }>`
    with recursive chain as (
      select id from release where id = any(${[...releases]}::uuid[])
      union select release.id from release join chain on release.of_release_id = chain.id
    ) select id from chain`.execute(db)
  return rows.map(({ id }) => id)
}

/** When something is next to happen to rows of these releases: due, a lease over, a question, a receipt given up. */
export async function nextMoment(db: Db, releases: readonly Id<'release'>[], now: Date): Promise<Date | null> {
  const { rows } = await sql<{ next: Date | null }>`
    select min(at) as next from delivery cross join lateral (values
      (case when state in ('planned', 'due') then least(due_at, expires_at) end),
      (case when state in ('planned', 'due') then due_at end),
      (case when state = 'claimed' then lease_until end),
      (case when state = 'unknown' then ask_at end),
      (case when state = 'accepted' and means = 'machine' then accepted_at + interval '49 hours' end)
    ) as moment (at) where release_id = any(${[...releases]}::uuid[]) and at > ${now}::timestamptz`.execute(db)
  return rows[0]?.next ?? null
}

/** Rows that the counters of the ledger have otherwise than the table: none, at every moment. */
export async function miscounted(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with counted as (select release_id, channel, state, sum(n) as n from release_count group by 1, 2, 3 having sum(n) <> 0),
    there as (select release_id, channel, state, count(*) as n from delivery group by 1, 2, 3)
    select count(*)::int as n from counted full join there using (release_id, channel, state)
    where counted.n is distinct from there.n`.execute(db)
  return rows[0]?.n ?? 0
}

/** Rows that wait and have no turn, or have one and do not wait; and those nobody would look at again: none, at every moment. */
export async function mislaid(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with waits as (
      select release_id, means, channel, lane, due_at, id, true as waiting from delivery where state in ('planned', 'due')
    ), turns as (
      select release_id, means, channel, lane, due_at, delivery_turn.id, true as queued
      from delivery_turn join release_way on release_way.id = way
    ), astray as (
      select id from waits full join turns using (release_id, means, channel, lane, due_at, id)
      where waiting is null or queued is null
      union all
      select id from delivery where state = 'claimed' and not exists (
        select from delivery_reminder as reminder where kind = 'lease' and reminder.release_id = delivery.release_id
          and at = lease_until and delivery.id = any(deliveries))
      union all
      select id from delivery where state = 'accepted' and gateway_id is not null and not exists (
        select from delivery_reminder as reminder where kind = 'receipt' and reminder.release_id = delivery.release_id
          and at <= accepted_at and delivery.id = any(deliveries))
    )
    select count(*)::int as n from astray`.execute(db)
  return rows[0]?.n ?? 0
}
