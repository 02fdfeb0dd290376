import { sql } from 'kysely'
import type { ChannelKey } from '../channel/index.ts'
import type { Db, Id } from '../kernel/index.ts'
import type { Delivery, DeliveryState } from './release.ts'

const COLUMNS = [
  'releaseId',
  'id',
  'channel',
  'outletId',
  'organisationId',
  'means',
  'renditions',
  'state',
  'dueAt',
  'expiresAt',
  'fence',
  'attempts',
  'providerRef',
  'taskId',
  'reason',
] as const
const RETURNED = sql.raw(
  COLUMNS.map((column) => `delivery.${column.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`).join(', '),
)

export interface Claim {
  readonly channel: ChannelKey | null
  readonly means: 'machine' | 'manual'
  readonly limit: number
  readonly now: Date
  readonly leaseUntil: Date
}

/**
 * Takes due rows, the most urgent first, past those that others hold; each with a new fence and an event that says it
 * was begun, so that what a dead worker may have done is known. Rows of paused releases and outlets wait; a recall waits
 * while what it takes back is still on its way to the same outlet.
 */
export async function claimDeliveries(db: Db, { channel, means, limit, now, leaseUntil }: Claim): Promise<Delivery[]> {
  const { rows } = await sql<Record<string, unknown>>`
    with candidate as (
      select delivery.release_id, delivery.id from delivery
      join release on release.id = delivery.release_id
      join outlet on outlet.id = delivery.outlet_id
      where delivery.state in ('planned', 'due') and delivery.due_at <= ${now}::timestamptz and delivery.means = ${means}
        and (${channel}::text is null or delivery.channel = ${channel}::text)
        and (delivery.expires_at is null or delivery.expires_at > ${now}::timestamptz)
        and release.paused_at is null and release.cancelled_at is null and outlet.paused_at is null
        and not exists (
          select 1 from delivery as first
          where first.release_id = release.of_release_id and first.channel = delivery.channel
            and first.outlet_id = delivery.outlet_id and first.state = 'claimed'
        )
      order by delivery.lane, delivery.due_at, delivery.id
      limit ${limit}
      for update of delivery skip locked
    ), claimed as (
      update delivery set state = 'claimed', lease_until = ${leaseUntil}::timestamptz, fence = fence + 1, attempts = attempts + 1
      from candidate where delivery.release_id = candidate.release_id and delivery.id = candidate.id
      returning ${RETURNED}
    ), begun as (
      insert into delivery_event (release_id, delivery_id, at, kind, fence) select release_id, id, ${now}::timestamptz, 'begun', fence from claimed
    )
    select * from claimed`.execute(db)
  return rows.map(asDelivery)
}

export interface Move {
  readonly releaseId: Id<'release'>
  readonly id: Id<'delivery'>
  readonly fence: number
  readonly state: DeliveryState
  /** Word of the event; what a person reads stands in the wording under `delivery_event_<kind>`. */
  readonly event: string
  readonly reason?: string
  readonly ref?: string | null
  readonly dueAt?: Date | null
  readonly taskId?: Id<'task'> | null
}

/**
 * Writes what came of claimed rows, where the claim still holds: a worker whose lease has passed to another changes
 * nothing. Answers how many were written.
 */
export async function settleDeliveries(db: Db, moves: readonly Move[], now: Date): Promise<number> {
  if (moves.length === 0) return 0
  const given = moves.map((move) => ({
    release_id: move.releaseId,
    id: move.id,
    fence: move.fence,
    state: move.state,
    kind: move.event,
    reason: move.reason ?? '',
    ref: move.ref ?? null,
    due_at: move.dueAt?.toISOString() ?? null,
    task_id: move.taskId ?? null,
  }))
  const { rows } = await sql<{ n: number }>`
    with move as (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
        as move(release_id uuid, id uuid, fence bigint, state text, kind text, reason text, ref text, due_at timestamptz, task_id uuid)
    ), settled as (
      update delivery set state = move.state, reason = move.reason, lease_until = null,
        provider_ref = coalesce(move.ref, provider_ref), due_at = coalesce(move.due_at, delivery.due_at),
        task_id = coalesce(move.task_id, delivery.task_id),
        closed_at = case when move.state in ('delivered', 'failed', 'cancelled', 'expired', 'unknown') then ${now}::timestamptz end
      from move where delivery.release_id = move.release_id and delivery.id = move.id
        and delivery.fence = move.fence and delivery.state = 'claimed'
      returning delivery.release_id, delivery.id, delivery.fence, move.kind, move.reason
    ), noted as (
      insert into delivery_event (release_id, delivery_id, at, kind, fence, detail)
      select release_id, id, ${now}::timestamptz, kind, fence, reason from settled
    )
    select count(*)::int as n from settled`.execute(db)
  return rows[0]?.n ?? 0
}

/** Changes rows of a release from some states to one, with an event each; answers how many. */
export async function moveDeliveries(
  db: Db,
  which: { readonly releaseId: Id<'release'>; readonly id?: Id<'delivery'>; readonly taskId?: Id<'task'> },
  from: readonly DeliveryState[],
  to: { readonly state: DeliveryState; readonly event: string; readonly reason: string; readonly actor: string },
  now: Date,
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with moved as (
      update delivery set state = ${to.state}, reason = ${to.reason}, lease_until = null, fence = fence + 1,
        closed_at = case when ${to.state} in ('delivered', 'failed', 'cancelled', 'expired', 'unknown') then ${now}::timestamptz end
      where release_id = ${which.releaseId} and state = any(${[...from]}::text[])
        and (${which.id ?? null}::uuid is null or id = ${which.id ?? null}::uuid)
        and (${which.taskId ?? null}::uuid is null or task_id = ${which.taskId ?? null}::uuid)
      returning release_id, id, fence
    ), noted as (
      insert into delivery_event (release_id, delivery_id, at, kind, fence, detail, actor)
      select release_id, id, ${now}::timestamptz, ${to.event}, fence, ${to.reason}, ${to.actor} from moved
    )
    select count(*)::int as n from moved`.execute(db)
  return rows[0]?.n ?? 0
}

/** Closes for good what nobody may send any more; answers how many. */
export async function expireDeliveries(db: Db, now: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with expired as (
      update delivery set state = 'expired', closed_at = ${now}::timestamptz, fence = fence + 1
      where state in ('planned', 'due') and expires_at <= ${now}::timestamptz returning release_id, id, fence
    ), noted as (
      insert into delivery_event (release_id, delivery_id, at, kind, fence) select release_id, id, ${now}::timestamptz, 'expired', fence from expired
    )
    select count(*)::int as n from expired`.execute(db)
  return rows[0]?.n ?? 0
}

/** Cancels what came back to the queue of a release that was stopped meanwhile; answers how many. */
export async function cancelStopped(db: Db, now: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with stopped as (
      update delivery set state = 'cancelled', closed_at = ${now}::timestamptz, fence = fence + 1, reason = 'stopped'
      where delivery.state in ('planned', 'due') and delivery.release_id = any(array(
        select release.id from release join release_count on release_count.release_id = release.id
        where release.cancelled_at is not null and release_count.state in ('planned', 'due') and release_count.n > 0
      )) returning delivery.release_id, delivery.id, delivery.fence
    ), noted as (
      insert into delivery_event (release_id, delivery_id, at, kind, fence, detail)
      select release_id, id, ${now}::timestamptz, 'cancelled', fence, 'stopped' from stopped
    )
    select count(*)::int as n from stopped`.execute(db)
  return rows[0]?.n ?? 0
}

/**
 * Frees rows whose worker is gone: where doing it twice is doing it once they are due again, else nobody knows what
 * became of them. Answers how many.
 */
export async function freeDeadClaims(db: Db, repeatable: readonly ChannelKey[], now: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with freed as (
      update delivery set lease_until = null, fence = fence + 1, reason = 'worker_gone',
        state = case when channel = any(${[...repeatable]}::text[]) then 'due' else 'unknown' end,
        closed_at = case when channel = any(${[...repeatable]}::text[]) then null else ${now}::timestamptz end
      where state = 'claimed' and lease_until <= ${now}::timestamptz returning release_id, id, fence, state
    ), noted as (
      insert into delivery_event (release_id, delivery_id, at, kind, fence, detail)
      select release_id, id, ${now}::timestamptz, case state when 'due' then 'returned' else 'unknown' end, fence, 'worker_gone' from freed
    )
    select count(*)::int as n from freed`.execute(db)
  return rows[0]?.n ?? 0
}

export interface DeliveryLine extends Delivery {
  readonly outlet: string
  readonly code: string
  readonly place: string
}

/** Rows of a release in the order of their outlets' codes, after one; of a state and channel, or of all. */
export async function deliveriesOf(
  db: Db,
  releaseId: Id<'release'>,
  { state, channel }: { readonly state: DeliveryState | null; readonly channel: string | null },
  after: string | null,
  limit: number,
): Promise<DeliveryLine[]> {
  let query = db
    .selectFrom('delivery')
    .innerJoin('outlet', 'outlet.id', 'delivery.outletId')
    .innerJoin('place', 'place.id', 'delivery.placeId')
    .select(COLUMNS.map((column) => `delivery.${column}` as const))
    .select(['outlet.name as outlet', 'outlet.code as code', 'place.name as place'])
    .where('delivery.releaseId', '=', releaseId)
    .orderBy('outlet.code')
    .limit(limit)
  if (state) query = query.where('delivery.state', '=', state)
  if (channel) query = query.where('delivery.channel', '=', channel)
  if (after) query = query.where('outlet.code', '>', after)
  return (await query.execute()).map((row) => row as unknown as DeliveryLine) // states and channels by the checks of the table
}

export async function deliveryById(db: Db, releaseId: Id<'release'>, id: Id<'delivery'>): Promise<Delivery | null> {
  const row = await db
    .selectFrom('delivery')
    .select(COLUMNS)
    .where('releaseId', '=', releaseId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? asDelivery(row) : null
}

/** The row whose task this is. */
export async function deliveryOfTask(db: Db, taskId: Id<'task'>): Promise<Delivery | null> {
  const row = await db.selectFrom('delivery').select(COLUMNS).where('taskId', '=', taskId).executeTakeFirst()
  return row ? asDelivery(row) : null
}

export interface DeliveryEvent {
  readonly at: Date
  readonly kind: string
  readonly detail: string
  readonly actor: string
}

/** What happened to a row, the first first. */
export async function eventsOfDelivery(db: Db, id: Id<'delivery'>): Promise<DeliveryEvent[]> {
  return db
    .selectFrom('deliveryEvent')
    .select(['at', 'kind', 'detail', 'actor'])
    .where('deliveryId', '=', id)
    .orderBy('id')
    .limit(500)
    .execute()
}

function asDelivery(row: Record<string, unknown>): Delivery {
  return { ...row, fence: Number(row['fence']) } as unknown as Delivery // states and channels by the checks of the table
}
