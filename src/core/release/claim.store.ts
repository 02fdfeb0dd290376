import { sql } from 'kysely'
import type { ChannelKey } from '../channel/index.ts'
import type { Db, Id } from '../kernel/index.ts'
import { asDelivery, RETURNED } from './delivery.store.ts'
import type { Delivery, OpenRelease } from './release.ts'

/** By what means and channel, and in which lane, something is due that may leave now. */
export interface DueWay {
  readonly means: 'machine' | 'manual'
  readonly channel: ChannelKey
  readonly lane: number
}

/** All ways by which anything is due: cheap enough to be asked a few times a second while nothing is. */
export async function dueWays(db: Db, now: Date): Promise<DueWay[]> {
  const { rows } = await sql<DueWay>`select means, channel, lane from due_ways(${now}::timestamptz)`.execute(db)
  return rows
}

export interface Wanted {
  readonly means: 'machine' | 'manual'
  readonly channels: readonly ChannelKey[]
  /** Lanes up to this one, 0 being the most urgent. */
  readonly upToLane: number
  readonly now: Date
}

/**
 * Runs a query that must go along the index of open rows, in its order. Without statistics, as right after a million
 * rows were written, the planner would rather sort them all, in every round.
 */
function alongIndex<T>(db: Db, query: (db: Db) => Promise<T>): Promise<T> {
  const run = async (inside: Db) => {
    await sql`select set_config('enable_sort', 'off', true), set_config('enable_seqscan', 'off', true),
      set_config('enable_bitmapscan', 'off', true), set_config('enable_hashjoin', 'off', true)`.execute(inside)
    return query(inside)
  }
  return db.isTransaction ? run(db) : db.transaction().execute(run)
}

/**
 * Releases that have a row due now, by channel and lane: found by leaping from one to the next along the index of open
 * rows, so that neither what is done nor how much waits costs anything. Paused and stopped ones, and those whose rows
 * are still being written, are left out.
 */
export async function openReleases(db: Db, { means, channels, upToLane, now }: Wanted): Promise<OpenRelease[]> {
  const here = sql`delivery.means = ${means} and delivery.state in ('planned', 'due')`
  const { rows } = await alongIndex(db, (inside) =>
    sql<OpenRelease>`
    with recursive way as (
      select channel, lane from unnest(${[...channels]}::text[]) as channel cross join generate_series(0, ${upToLane}::int) as lane
    ), leap as (
      select way.channel, way.lane, first.release_id from way cross join lateral (
        select release_id from delivery where ${here} and delivery.channel = way.channel and delivery.lane = way.lane
        order by release_id limit 1
      ) as first
      union all
      select leap.channel, leap.lane, next.release_id from leap cross join lateral (
        select release_id from delivery where ${here} and delivery.channel = leap.channel and delivery.lane = leap.lane
          and delivery.release_id > leap.release_id
        order by release_id limit 1
      ) as next
    )
    select leap.channel, leap.lane, leap.release_id as "releaseId", release.organisation_id as "organisationId",
      release.of_release_id as "ofReleaseId", first.due_at as "dueAt"
    from leap join release on release.id = leap.release_id
    cross join lateral (
      select due_at from delivery where ${here} and delivery.channel = leap.channel and delivery.lane = leap.lane
        and delivery.release_id = leap.release_id and due_at <= ${now}::timestamptz
      order by due_at limit 1
    ) as first
    where release.state = 'released' and release.paused_at is null and release.cancelled_at is null
      and not exists (select 1 from release_expansion where release_id = release.id and done_at is null)`.execute(
      inside,
    ),
  )
  return rows.sort((one, other) => one.lane - other.lane || one.dueAt.getTime() - other.dueAt.getTime())
}

/** How many rows of a release to take. */
export interface Quota {
  readonly releaseId: Id<'release'>
  readonly ofReleaseId: Id<'release'> | null
  readonly lane: number
  readonly rows: number
}

export interface Claim {
  readonly means: 'machine' | 'manual'
  readonly channel: ChannelKey
  readonly quotas: readonly Quota[]
  /** Rows of outlets of these bodies alone, or of all but these. */
  readonly bodies: { readonly only: boolean; readonly ids: readonly Id<'organisation'>[] }
  readonly gatewayId: Id<'gateway'> | null
  readonly now: Date
  readonly leaseUntil: Date
}

/**
 * Takes due rows past those that others hold, each with a new fence and the moment it was begun, so that what a dead
 * worker may have done is known. Rows of paused outlets wait; a row that follows another release waits while that is
 * still on its way to the same outlet.
 */
export async function claimDeliveries(db: Db, claim: Claim): Promise<Delivery[]> {
  const { means, channel, quotas, bodies, gatewayId, now, leaseUntil } = claim
  const { rows } = await alongIndex(db, (inside) =>
    sql<Record<string, unknown>>`
    with candidate as (
      select due.release_id, due.id
      from unnest(${quotas.map((one) => one.releaseId)}::uuid[], ${quotas.map((one) => one.ofReleaseId)}::uuid[],
        ${quotas.map((one) => one.lane)}::smallint[], ${quotas.map((one) => one.rows)}::int[])
        as quota (release_id, of_release_id, lane, n)
      join release on release.id = quota.release_id and release.paused_at is null and release.cancelled_at is null
      cross join lateral (
        select delivery.release_id, delivery.id from delivery
        join outlet on outlet.id = delivery.outlet_id and outlet.paused_at is null
        where delivery.means = ${means} and delivery.channel = ${channel} and delivery.lane = quota.lane
          and delivery.release_id = quota.release_id and delivery.state in ('planned', 'due')
          and delivery.due_at <= ${now}::timestamptz
          and (delivery.expires_at is null or delivery.expires_at > ${now}::timestamptz)
          and (delivery.organisation_id = any(${[...bodies.ids]}::uuid[])) = ${bodies.only}
          and (quota.of_release_id is null or not exists (
            select 1 from delivery as first
            where first.release_id = quota.of_release_id and first.channel = delivery.channel
              and first.outlet_id = delivery.outlet_id and first.state = 'claimed'
              and first.recipient_id is not distinct from delivery.recipient_id
          ))
        order by delivery.due_at, delivery.id
        limit quota.n
        for update of delivery skip locked
      ) as due
    )
    update delivery set state = 'claimed', lease_until = ${leaseUntil}::timestamptz, claimed_at = ${now}::timestamptz,
      gateway_id = coalesce(${gatewayId}::uuid, gateway_id), fence = fence + 1, attempts = attempts + 1
    from candidate where delivery.release_id = candidate.release_id and delivery.id = candidate.id
    returning ${RETURNED}`.execute(inside),
  )
  return rows.map(asDelivery)
}
