import { sql } from 'kysely'
import type { ChannelKey } from '../channel/index.ts'
import type { Db, Id } from '../kernel/index.ts'
import { asTable, type Columns } from './as-table.store.ts'
import { alongIndex } from './claim.store.ts'
import type { DeliveryState } from './release.ts'

/** States in which a row is at its end; as they stand in the queries below. */
const ENDED = sql`('delivered', 'failed', 'cancelled', 'expired', 'unknown')`

/**
 * A row that is due again after a try of which nobody knows what came of it: the worker died, or the line did. It may be
 * there, so it is not simply cancelled, expired or failed: a recall and a correction must reach it.
 */
const MAY_BE_THERE = sql`(delivery.attempts > 0 and (
  select tried.kind from delivery_event as tried
  where tried.delivery_id = delivery.id and tried.kind in ('returned', 'found_missing', 'asked_missing')
  order by tried.id desc limit 1) = 'returned')`

export interface Move {
  readonly releaseId: Id<'release'>
  readonly id: Id<'delivery'>
  readonly fence: number
  readonly state: DeliveryState
  /** Word of the event; what a person reads stands in the wording under `delivery_event_<kind>`. */
  readonly event: string
  readonly reason?: string
  /** What the provider will name in its receipts, one a part. */
  readonly refs?: readonly string[]
  /** In how many parts it goes, where that is more than the references that are known. */
  readonly parts?: number
  readonly dueAt?: Date | null
  readonly taskId?: Id<'task'> | null
  /** When the provider is asked what became of it. */
  readonly askAt?: Date | null
  readonly askUntil?: Date | null
}

/**
 * Writes what came of claimed rows, where the claim still holds: a worker whose lease has passed to another changes
 * nothing. `gatewayId`: whose references the moves name. Answers how many were written.
 */
export async function settleDeliveries(
  db: Db,
  moves: readonly Move[],
  now: Date,
  gatewayId: Id<'gateway'> | null = null,
): Promise<number> {
  if (moves.length === 0) return 0
  const run = (inside: Db) => settle(inside, moves, now, gatewayId)
  return db.isTransaction ? run(db) : db.transaction().execute(run)
}

/** Release by release: the rows of one lie in one part of the table, and are found in one walk along its key. */
async function settle(db: Db, moves: readonly Move[], now: Date, gatewayId: Id<'gateway'> | null): Promise<number> {
  // Nobody knows how many are claimed now: the planner takes them for one, and would compare each with each.
  await sql`select set_config('enable_nestloop', 'off', true), set_config('enable_seqscan', 'off', true),
    set_config('enable_hashjoin', 'on', true)`.execute(db)
  let settled = 0
  for (const [releaseId, own] of Map.groupBy(moves, (move) => move.releaseId)) {
    settled += await settleOfRelease(db, releaseId, own, now, gatewayId)
  }
  return settled
}

async function settleOfRelease(
  db: Db,
  releaseId: Id<'release'>,
  moves: readonly Move[],
  now: Date,
  gatewayId: Id<'gateway'> | null,
): Promise<number> {
  const these = sql`delivery.release_id = ${releaseId}::uuid and delivery.id = any(${moves.map(({ id }) => id)}::uuid[])`
  const { rows } = await sql<{ n: number }>`
    with move as (
      ${asTable(moves, MOVED)}
    ), settled as (
      update delivery set reason = move.reason, lease_until = null,
        state = case when move.state in ('failed', 'cancelled') and ${MAY_BE_THERE} then 'unknown' else move.state end,
        provider_ref = coalesce(move.ref, provider_ref), parts = greatest(move.parts, delivery.parts),
        due_at = coalesce(move.due_at, delivery.due_at), task_id = coalesce(move.task_id, delivery.task_id),
        accepted_at = case when move.state = 'accepted' then ${now}::timestamptz else accepted_at end,
        ask_at = move.ask_at, ask_until = move.ask_until,
        closed_at = case when move.state in ${ENDED} then ${now}::timestamptz end
      from move where ${these} and delivery.id = move.id and delivery.fence = move.fence and delivery.state = 'claimed'
      returning delivery.release_id, delivery.id, delivery.fence, move.reason, delivery.claimed_at, delivery.gateway_id,
        case when delivery.state = move.state then move.kind else 'unknown' end as kind
    ), noted as (
      insert into delivery_event (release_id, delivery_id, at, kind, fence, detail, began_at, gateway_id)
      select release_id, id, ${now}::timestamptz, kind, fence, reason, claimed_at, gateway_id from settled
    )${keepingParts(releaseId, moves, gatewayId)}
    select count(*)::int as n from settled`.execute(db)
  return rows[0]?.n ?? 0
}

/**
 * What gateways took, each piece with its reference: as they were given, whoever holds the row by now. In the same
 * statement as the row itself, or a death in between would leave receipts that no row answers to.
 */
function keepingParts(releaseId: Id<'release'>, moves: readonly Move[], gatewayId: Id<'gateway'> | null) {
  const parts = moves.flatMap((move) =>
    (move.refs ?? []).map((ref, at) => ({ id: move.id, ref, part: partsOf(move) > 1 ? at + 1 : 0 })),
  )
  if (parts.length === 0 || gatewayId === null) return sql``
  return sql`, kept as (
      insert into delivery_part (gateway_id, ref, release_id, delivery_id, part, state)
      select ${gatewayId}::uuid, ref, ${releaseId}::uuid, id, part, 'accepted' from (${asTable(parts, PART)}) as part
      on conflict do nothing
    )`
}

const PART: Columns<{ readonly id: Id<'delivery'>; readonly ref: string; readonly part: number }> = {
  id: ['uuid', ({ id }) => id],
  ref: ['text', ({ ref }) => ref],
  part: ['smallint', ({ part }) => part],
}

function partsOf({ refs = [], parts = 1 }: Move): number {
  return Math.max(1, refs.length, parts)
}

/** What of a move is written, by the name of its column. */
const MOVED: Columns<Move> = {
  id: ['uuid', (move) => move.id],
  fence: ['bigint', (move) => move.fence],
  state: ['text', (move) => move.state],
  kind: ['text', (move) => move.event],
  reason: ['text', (move) => move.reason ?? ''],
  ref: ['text', (move) => move.refs?.[0] ?? null],
  parts: ['smallint', partsOf],
  due_at: ['timestamptz', (move) => move.dueAt ?? null],
  task_id: ['uuid', (move) => move.taskId ?? null],
  ask_at: ['timestamptz', (move) => move.askAt ?? null],
  ask_until: ['timestamptz', (move) => move.askUntil ?? null],
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
      update delivery set reason = ${to.reason}, lease_until = null, fence = fence + 1, ask_at = null,
        state = case when ${to.state} = 'cancelled' and state = 'due' and ${MAY_BE_THERE} then 'unknown' else ${to.state} end,
         closed_at = case when ${to.state} in ${ENDED} then ${now}::timestamptz end
      where release_id = ${which.releaseId} and state = any(${[...from]}::text[])
        and (${which.id ?? null}::uuid is null or id = ${which.id ?? null}::uuid)
        and (${which.taskId ?? null}::uuid is null or task_id = ${which.taskId ?? null}::uuid)
      returning release_id, id, fence, state
    ), noted as (
      insert into delivery_event (release_id, delivery_id, at, kind, fence, detail, actor)
      select release_id, id, ${now}::timestamptz, case state when ${to.state} then ${to.event} else 'unknown' end, fence,
        ${to.reason}, ${to.actor} from moved
    )
    select count(*)::int as n from moved`.execute(db)
  return rows[0]?.n ?? 0
}

/** Closes for good what nobody may send any more, release by release along its turns; answers how many. */
export async function expireDeliveries(db: Db, now: Date): Promise<number> {
  const { rows: over } = await sql<{ releaseId: Id<'release'>; way: number }>`
    select open.release_id as "releaseId", open.way from open_turns() as open join release on release.id = open.release_id
    where release.ends_at <= ${now}::timestamptz`.execute(db)
  let expired = 0
  for (const { releaseId, way } of over) {
    const { rows } = await alongIndex(db, (inside) =>
      sql<{ n: number }>`
      with expired as (
        update delivery set closed_at = ${now}::timestamptz, fence = fence + 1,
          state = case when ${MAY_BE_THERE} then 'unknown' else 'expired' end
        where release_id = ${releaseId}::uuid and id = any(array(select id from delivery_turn where way = ${way}))
          and state in ('planned', 'due') and expires_at <= ${now}::timestamptz
        returning delivery.release_id, delivery.id, delivery.fence, delivery.state
      ), noted as (
        insert into delivery_event (release_id, delivery_id, at, kind, fence) select release_id, id, ${now}::timestamptz, state, fence from expired
      )
      select count(*)::int as n from expired`.execute(inside),
    )
    expired += rows[0]?.n ?? 0
  }
  return expired
}

/** Cancels what came back to the queue of a release that was stopped meanwhile; answers how many. */
export async function cancelStopped(db: Db, now: Date): Promise<number> {
  const { rows: stopped } = await sql<{ id: Id<'release'> }>`
    select distinct release.id from open_turns() as open join release on release.id = open.release_id
    where release.cancelled_at is not null`.execute(db)
  let moved = 0
  const to = { state: 'cancelled' as const, event: 'cancelled', reason: 'stopped', actor: '' }
  for (const { id } of stopped) moved += await moveDeliveries(db, { releaseId: id }, ['planned', 'due'], to, now)
  return moved
}

/** What is to become of rows whose worker is gone, and when providers are asked of those nobody knows of. */
export interface AfterDeath {
  /** Channels in which doing it twice is doing it once: their rows are due again. */
  readonly repeatable: readonly ChannelKey[]
  /** Channels whose provider can be asked, from `askAt` until `askUntil`; of the rest a person must find out. */
  readonly askable: readonly ChannelKey[]
  readonly askAt: Date
  readonly askUntil: Date
}

/** Reminders in one statement: of a second at full speed, and more. */
const REMINDERS_AT_ONCE = 100

/** Rows of batches that are to be looked at again, each with its release; the batches are done with by this. */
const reminded = (kind: 'lease' | 'receipt', until: Date) => sql`over as (
      select id from delivery_reminder where kind = ${kind} and at <= ${until}::timestamptz
      order by at limit ${REMINDERS_AT_ONCE} for update skip locked
    ), lapsed as (
      delete from delivery_reminder using over where delivery_reminder.id = over.id
      returning delivery_reminder.release_id, delivery_reminder.deliveries
    ), held as (select distinct release_id, unnest(deliveries) as id from lapsed)`

/** Frees rows whose lease has run out: no worker comes back to them. Answers how many. */
export async function freeDeadClaims(db: Db, after: AfterDeath, now: Date): Promise<number> {
  const { rows } = await alongIndex(db, (inside) =>
    sql<{ n: number }>`
    with ${reminded('lease', now)}, freed as (
      update delivery set lease_until = null, fence = fence + 1, reason = 'worker_gone',
        state = case when channel = any(${[...after.repeatable]}::text[]) then 'due' else 'unknown' end,
        ask_at = case when channel = any(${[...after.askable]}::text[]) and not channel = any(${[...after.repeatable]}::text[])
          then ${after.askAt}::timestamptz end,
        ask_until = ${after.askUntil}::timestamptz,
        closed_at = case when channel = any(${[...after.repeatable]}::text[]) then null else ${now}::timestamptz end
      from held where delivery.release_id = held.release_id and delivery.id = held.id
        and state = 'claimed' and lease_until <= ${now}::timestamptz
      returning delivery.release_id, delivery.id, fence, state, claimed_at, gateway_id
    ), noted as (
      insert into delivery_event (release_id, delivery_id, at, kind, fence, detail, began_at, gateway_id)
      select release_id, id, ${now}::timestamptz, case state when 'due' then 'returned' else 'unknown' end, fence,
        'worker_gone', claimed_at, gateway_id from freed
    )
    select count(*)::int as n from freed`.execute(inside),
  )
  return rows[0]?.n ?? 0
}

/** What a gateway took and never spoke of again is known to nobody any more. Answers how many. */
export async function giveUpReceipts(db: Db, waitedSince: Date, after: AfterDeath, now: Date): Promise<number> {
  const { rows } = await alongIndex(db, (inside) =>
    sql<{ n: number }>`
    with ${reminded('receipt', waitedSince)}, silent as (
      update delivery set state = 'unknown', reason = 'no_receipt', fence = fence + 1, closed_at = ${now}::timestamptz,
        ask_at = case when channel = any(${[...after.askable]}::text[]) then ${after.askAt}::timestamptz end,
        ask_until = ${after.askUntil}::timestamptz
      from held where delivery.release_id = held.release_id and delivery.id = held.id
        and state = 'accepted' and gateway_id is not null and accepted_at <= ${waitedSince}::timestamptz
      returning delivery.release_id, delivery.id, fence
    ), noted as (
      insert into delivery_event (release_id, delivery_id, at, kind, fence, detail)
      select release_id, id, ${now}::timestamptz, 'unknown', fence, 'no_receipt' from silent
    )
    select count(*)::int as n from silent`.execute(inside),
  )
  return rows[0]?.n ?? 0
}

/** What a channel took and never came back of is taken for delivered; the oldest first, batches up to about `limit` rows. Answers how many. */
export async function believeSilence(
  db: Db,
  channel: ChannelKey,
  acceptedBefore: Date,
  limit: number,
  now: Date,
): Promise<number> {
  const { rows } = await alongIndex(db, (inside) =>
    sql<{ n: number }>`
    with old as (
      select id, sum(cardinality(deliveries)) over (order by at, id) - cardinality(deliveries) as before from delivery_reminder
      where kind = 'receipt' and channel = ${channel} and at <= ${acceptedBefore}::timestamptz
    ), over as (
      select id from delivery_reminder where id in (select id from old where before < ${limit}) for update skip locked
    ), lapsed as (
      delete from delivery_reminder using over where delivery_reminder.id = over.id
      returning delivery_reminder.release_id, delivery_reminder.deliveries
    ), silent as (select distinct release_id, unnest(deliveries) as id from lapsed
    ), arrived as (
      update delivery set state = 'delivered', fence = fence + 1, closed_at = ${now}::timestamptz
      from silent where delivery.release_id = silent.release_id and delivery.id = silent.id
        and delivery.state = 'accepted' and delivery.gateway_id is not null and delivery.accepted_at <= ${acceptedBefore}::timestamptz
      returning delivery.release_id, delivery.id, delivery.fence
    ), noted as (
      insert into delivery_event (release_id, delivery_id, at, kind, fence, detail)
      select release_id, id, ${now}::timestamptz, 'delivered', fence, 'never_came_back' from arrived
    )
    select count(*)::int as n from arrived`.execute(inside),
  )
  return rows[0]?.n ?? 0
}
