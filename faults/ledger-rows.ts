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
