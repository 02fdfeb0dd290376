import { sql } from 'kysely'
import type { ChannelKey } from '../channel/index.ts'
import type { Db, Id } from '../kernel/index.ts'
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
 * Runs a query that must go along the key of the turns, in its order, and find each row by its own. Without statistics,
 * as right after a million rows were written, the planner would rather read and sort them all, in every round.
 */
export function alongIndex<T>(db: Db, query: (db: Db) => Promise<T>): Promise<T> {
  const run = async (inside: Db) => {
    await sql`select set_config('enable_sort', 'off', true), set_config('enable_seqscan', 'off', true),
      set_config('enable_bitmapscan', 'off', true), set_config('enable_hashjoin', 'off', true),
      set_config('enable_material', 'off', true)`.execute(inside)
    return query(inside)
  }
  return db.isTransaction ? run(db) : db.transaction().execute(run)
}

/**
 * Releases that have a row due now, by channel and lane: found by leaping from one to the next along the turns, so that
 * neither what is done nor how much waits costs anything. Paused and stopped ones, and those whose rows are still being
 * written, are left out.
 */
export async function openReleases(db: Db, { means, channels, upToLane, now }: Wanted): Promise<OpenRelease[]> {
  const { rows } = await sql<OpenRelease>`
    select open.channel, open.lane, open.release_id as "releaseId", open.way, release.organisation_id as "organisationId",
      release.of_release_id as "ofReleaseId", first.due_at as "dueAt"
    from open_turns() as open join release on release.id = open.release_id
    cross join lateral (
      select due_at from delivery_turn as turn where turn.way = open.way and due_at <= ${now}::timestamptz
      order by due_at limit 1
    ) as first
    where open.means = ${means} and open.channel = any(${[...channels]}::text[]) and open.lane <= ${upToLane}
      and release.state = 'released' and release.paused_at is null and release.cancelled_at is null
      and not exists (select 1 from release_expansion where release_id = release.id and done_at is null)`.execute(db)
  return rows.sort((one, other) => one.lane - other.lane || one.dueAt.getTime() - other.dueAt.getTime())
}

/** How many rows of a release to take. */
export interface Quota {
  readonly releaseId: Id<'release'>
  readonly ofReleaseId: Id<'release'> | null
  readonly lane: number
  /** The turns it is taken from. */
  readonly way: number
  readonly rows: number
}

export interface Claim {
  readonly channel: ChannelKey
  readonly quotas: readonly Quota[]
  /** Rows of outlets of these bodies alone, or of all but these. */
  readonly bodies: { readonly only: boolean; readonly ids: readonly Id<'organisation'>[] }
  readonly gatewayId: Id<'gateway'> | null
  readonly now: Date
  readonly leaseUntil: Date
}

/** A row that was claimed, with what it takes to send it. */
export type Claimed = Pick<
  Delivery,
  | 'releaseId'
  | 'id'
  | 'channel'
  | 'outletId'
  | 'organisationId'
  | 'recipientId'
  | 'corrects'
  | 'renditions'
  | 'expiresAt'
  | 'fence'
  | 'attempts'
>

/**
 * Takes due rows past those that others hold, each with a new fence and the moment it was begun, so that what a dead
 * worker may have done is known. Rows of paused outlets wait; a row that follows another release waits while that is
 * still on its way to the same outlet.
 */
export function claimDeliveries(db: Db, claim: Claim): Promise<Claimed[]> {
  return alongIndex(db, async (inside) => {
    const claimed: Claimed[] = []
    for (const quota of claim.quotas) claimed.push(...(await claimOfRelease(inside, quota, claim)))
    return claimed
  })
}

async function claimOfRelease(
  db: Db,
  { releaseId, ofReleaseId, way, rows: n }: Quota,
  claim: Claim,
): Promise<Claimed[]> {
  const { channel, bodies, gatewayId, now, leaseUntil } = claim
  const { rows } = await sql<Omit<Claimed, 'renditions' | 'channel'> & { renditions: string }>`
    with candidate as materialized (
      select free.id from delivery_turn as turn cross join lateral (
        select id from delivery
        where release_id = ${releaseId}::uuid and id = turn.id and state in ('planned', 'due') and due_at <= ${now}::timestamptz
          and (expires_at is null or expires_at > ${now}::timestamptz)
          and outlet_id not in (select id from outlet where paused_at is not null)
          and ${ofBodies(bodies)} and ${notOnItsWay(ofReleaseId)}
        for update skip locked
      ) as free
      where turn.way = ${way} and turn.due_at <= ${now}::timestamptz
        and exists (select from release where id = ${releaseId}::uuid and paused_at is null and cancelled_at is null)
      order by turn.due_at, turn.id
      limit ${n}
    )
    update delivery set state = 'claimed', lease_until = ${leaseUntil}::timestamptz, claimed_at = ${now}::timestamptz,
      gateway_id = coalesce(${gatewayId}::uuid, gateway_id), fence = fence + 1, attempts = attempts + 1
    where release_id = ${releaseId}::uuid and id = any(array(select id from candidate))
    returning release_id as "releaseId", id, outlet_id as "outletId", organisation_id as "organisationId",
      recipient_id as "recipientId", corrects, renditions::text, expires_at as "expiresAt", fence, attempts`.execute(
    // Thousands a second: they are named as they are wanted, and nothing in between reads them.
    db.withoutPlugins(),
  )
  return rows.map((row) => Object.assign(row, { channel, renditions: idsIn(row.renditions) }))
}

/** Of an array of ids as the database writes it. */
function idsIn(array: string): Id<'rendition'>[] {
  return array === '{}' ? [] : (array.slice(1, -1).split(',') as Id<'rendition'>[]) // as the column holds them
}

const ofBodies = ({ ids, only }: Claim['bodies']) =>
  ids.length === 0 && !only ? sql`true` : sql`(delivery.organisation_id = any(${[...ids]}::uuid[])) = ${only}`

const notOnItsWay = (ofReleaseId: Id<'release'> | null) =>
  ofReleaseId === null
    ? sql`true`
    : sql`not exists (
          select 1 from delivery as first
          where first.release_id = ${ofReleaseId}::uuid and first.channel = delivery.channel
            and first.outlet_id = delivery.outlet_id and first.state = 'claimed'
            and first.recipient_id is not distinct from delivery.recipient_id
        )`
