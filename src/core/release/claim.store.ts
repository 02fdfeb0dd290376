import { sql } from 'kysely'
import type { ChannelKey } from '../channel/index.ts'
import type { Db, Id } from '../kernel/index.ts'
import { asDelivery, RETURNED } from './delivery.store.ts'
import type { Delivery, OpenRelease } from './release.ts'

export interface Wanted {
  readonly means: 'machine' | 'manual'
  /** Null: of every channel. */
  readonly channel: ChannelKey | null
  /** Lanes up to this one, 0 being the most urgent. */
  readonly upToLane: number
  readonly now: Date
}

/**
 * Releases that have a row due now, by channel and lane: found by leaping from one to the next along the index of open
 * rows, so that neither what is done nor how much waits costs anything. Paused and stopped ones, and those whose rows
 * are still being written, are left out.
 */
export async function openReleases(db: Db, { means, channel, upToLane, now }: Wanted): Promise<OpenRelease[]> {
  const here = sql`means = ${means} and state in ('planned', 'due') and lane <= ${upToLane}
    and (${channel}::text is null or channel = ${channel}::text)`
  const { rows } = await sql<OpenRelease>`
    with recursive leap as (
      (select channel, lane, release_id from delivery where ${here} order by means, channel, lane, release_id limit 1)
      union all
      select next.channel, next.lane, next.release_id from leap cross join lateral (
        select channel, lane, release_id from delivery
        where ${here} and (channel, lane, release_id) > (leap.channel, leap.lane, leap.release_id)
        order by means, channel, lane, release_id limit 1
      ) as next
    )
    select leap.channel, leap.lane::int as lane, leap.release_id as "releaseId", release.organisation_id as "organisationId",
      release.of_release_id as "ofReleaseId", first.due_at as "dueAt"
    from leap join release on release.id = leap.release_id
    cross join lateral (
      select due_at from delivery
      where means = ${means} and state in ('planned', 'due') and delivery.channel = leap.channel
        and delivery.lane = leap.lane and delivery.release_id = leap.release_id and due_at <= ${now}::timestamptz
      order by due_at limit 1
    ) as first
    where release.state = 'released' and release.paused_at is null and release.cancelled_at is null
      and not exists (select 1 from release_expansion where release_id = release.id and done_at is null)
    order by leap.lane, first.due_at`.execute(db)
  return rows
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
  const { rows } = await sql<Record<string, unknown>>`
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
    returning ${RETURNED}`.execute(db)
  return rows.map(asDelivery)
}
