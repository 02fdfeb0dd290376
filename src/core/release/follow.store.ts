import { sql } from 'kysely'
import type { ChannelKey } from '../channel/index.ts'
import { dayAt, type Db, type Id } from '../kernel/index.ts'
import { givenTo, outsideQuietHours, rowId, SAID, SPOKEN_AT_OUTLET, spokenOn, ways, type Way } from './reach.store.ts'
import { LANES, LEFT_STATES, type Delivery, type Release } from './release.ts'

/** A release and all that it took the place of, back to the first. */
const chainOf = (releaseId: Id<'release'>) => sql`chain as (
    select id, of_release_id, 0 as step from release where id = ${releaseId}::uuid
    union all select release.id, release.of_release_id, step + 1 from release join chain on release.id = chain.of_release_id
  )`

/**
 * One row for each end that any release of the chain was for: the newest that left for there, or may have, else the
 * newest of all. `has` says whether any did: the end has what the chain brought, or may have it. `busy_until`: until when
 * a worker may still be sending what is older than the release that is followed, which a row waits for by itself.
 */
const ENDS = sql`ends as (
    select distinct on (delivery.channel, delivery.outlet_id, delivery.recipient_id) delivery.*,
      delivery.state = any(${[...LEFT_STATES]}::text[]) as has,
      max(case when delivery.state = 'claimed' and chain.step > 0 then delivery.lease_until end)
        over (partition by delivery.channel, delivery.outlet_id, delivery.recipient_id) as busy_until
    from delivery join chain on chain.id = delivery.release_id
    order by delivery.channel, delivery.outlet_id, delivery.recipient_id, delivery.state = any(${[...LEFT_STATES]}::text[]) desc, chain.step
  )`

/** Whether an end without the words still gets what takes their place: its row waited, and no person had cancelled it. */
const WAITED = sql`(ends.state in ('planned', 'due') or (ends.state = 'cancelled' and ends.reason in ('superseded', 'approval_void')))`

/**
 * Writes the rows of a recall: to exactly those ends that have what the release brought, or may have it; by all
 * channels, or by those given.
 */
export async function planRecall(
  db: Db,
  recall: Release,
  from: Date,
  channels: readonly ChannelKey[] | null,
): Promise<number> {
  const result = await sql`
    with recursive ${chainOf(recall.ofReleaseId as Id<'release'>)}, ${ENDS}, had as (
      select *, row_number() over (order by outlet_id, recipient_id) as nth
      from ends where has and (${channels === null} or channel = any(${[...(channels ?? [])]}::text[]))
    )
    insert into delivery (release_id, id, channel, outlet_id, organisation_id, place_id, recipient_id, means, renditions, lane, corrects, state, due_at)
    select ${recall.id}::uuid, ${rowId()}, channel, outlet_id, organisation_id, place_id, recipient_id, means, renditions,
      ${LANES.indexOf(recall.lane)}::smallint, true, 'planned', greatest(${from}::timestamptz, busy_until)
    from had order by nth
    on conflict do nothing`.execute(db)
  return Number(result.numAffectedRows ?? 0n)
}

/**
 * Writes the rows of what takes the place of a release: to all that have the old words or may have them, marked as a
 * correction; and to those the old words had not left for, who get the new ones alone. Lists whose rows had not all been
 * written are gone on with from where they stood. Answers how many rows are new, and how many lists go on.
 */
export async function planFollowing(
  db: Db,
  release: Release,
  given: readonly Way[],
  from: Date,
): Promise<{ readonly rows: number; readonly lists: number }> {
  const result = await sql`
    with recursive ${chainOf(release.ofReleaseId as Id<'release'>)}, ${ENDS}, ${ways(given)}, ${spokenOn(dayAt(from))}, said as (
      select ends.*, outlet.quiet_from, outlet.quiet_to, outlet.alive_to,
        row_number() over (order by ends.outlet_id, ends.recipient_id) as nth,
        ${SAID} as languages
      from ends join outlet on outlet.id = ends.outlet_id ${SPOKEN_AT_OUTLET}
      where has or ${WAITED}
    ), ${givenTo('said')}
    insert into delivery (release_id, id, channel, outlet_id, organisation_id, place_id, recipient_id, means, renditions, lane, corrects, state, due_at, expires_at)
    select ${release.id}::uuid, ${rowId()}, said.channel, outlet_id, organisation_id, place_id, recipient_id, means, given.renditions,
      ${LANES.indexOf(release.lane)}::smallint, has, 'planned', ${outsideQuietHours(release, sql`greatest(${from}::timestamptz, busy_until)`)},
      ${release.endsAt}::timestamptz
    from said join given on given.channel = said.channel and given.languages = said.languages
    where given.renditions is not null and (alive_to is null or alive_to >= ${dayAt(from)})
    order by nth
    on conflict do nothing`.execute(db)
  const lists = await sql`
    insert into release_expansion (release_id, outlet_id, after_subscriber)
    select ${release.id}::uuid, outlet_id, after_subscriber from release_expansion
    where release_id = ${release.ofReleaseId}::uuid and done_at is null
    on conflict do nothing`.execute(db)
  return { rows: Number(result.numAffectedRows ?? 0n), lists: Number(lists.numAffectedRows ?? 0n) }
}

/** By a channel: how many ends have the words of a release or may have them, and for how many they have not left. */
export interface Following {
  readonly channel: ChannelKey
  readonly have: number
  readonly waiting: number
  /** Of both, those at which a person does it. */
  readonly manual: number
}

/** Whom something that takes the place of a release, or takes it back, would reach. */
export async function countFollowing(db: Db, ofReleaseId: Id<'release'>): Promise<Following[]> {
  const { rows } = await sql<Following>`
    with recursive ${chainOf(ofReleaseId)}, ${ENDS}
    select channel, count(*) filter (where has)::int as have, count(*) filter (where not has)::int as waiting,
      count(*) filter (where means = 'manual')::int as manual
    from ends where has or ${WAITED} group by channel order by channel`.execute(db)
  return rows
}

/** Tasks that earlier releases of a chain set at these outlets and that nobody has done: what they ask for holds no more. */
export async function tasksBefore(
  db: Db,
  ofReleaseId: Id<'release'>,
  rows: readonly Pick<Delivery, 'channel' | 'outletId'>[],
): Promise<Id<'task'>[]> {
  const found = await sql<{ taskId: Id<'task'> }>`
    with recursive ${chainOf(ofReleaseId)}
    select delivery.task_id as "taskId" from chain join delivery on delivery.release_id = chain.id
    join unnest(${rows.map(({ channel }) => channel)}::text[], ${rows.map(({ outletId }) => outletId)}::uuid[]) as here (channel, outlet_id)
      on here.channel = delivery.channel and here.outlet_id = delivery.outlet_id
    where delivery.state = 'accepted' and delivery.task_id is not null order by delivery.task_id`.execute(db)
  return found.rows.map(({ taskId }) => taskId)
}

/** Lets rows wait again that were stopped at a moment because something took the place of their release. */
export async function restoreSuperseded(
  db: Db,
  releaseId: Id<'release'>,
  stoppedAt: Date,
  actor: string,
  now: Date,
): Promise<void> {
  await sql`
    with restored as (
      update delivery set state = 'planned', reason = '', closed_at = null, fence = fence + 1
      where release_id = ${releaseId}::uuid and state = 'cancelled' and reason = 'superseded' and closed_at = ${stoppedAt}::timestamptz
      returning release_id, id, fence
    )
    insert into delivery_event (release_id, delivery_id, at, kind, fence, actor)
    select release_id, id, ${now}::timestamptz, 'restored', fence, ${actor} from restored`.execute(db)
  await sql`
    update release_expansion set done_at = null
    where release_id = ${releaseId}::uuid and done_at = ${stoppedAt}::timestamptz`.execute(db)
}
