import { sql } from 'kysely'
import type { ChannelKey } from '../channel/index.ts'
import type { Day, Db, Id } from '../kernel/index.ts'
import { LANES, type Lane } from './release.ts'

/** Outlets at most in one answer: who has waited longest first, so that those told of already stay in it. */
const MOST_OUTLETS = 500
/** Trouble older than this is no news: nothing has been sent there since. */
const LOOKS_BACK_DAYS = 7

/** Rows of a release by one channel that are due and wait. */
export interface DueQueue {
  readonly releaseId: Id<'release'>
  readonly organisationId: Id<'organisation'>
  readonly channel: ChannelKey
  readonly lane: Lane
  /** When the first of them was due. */
  readonly dueSince: Date
  /** How many rows of the release wait in this channel, due or not. */
  readonly waiting: number
  /** How many rows of the release have ever been begun in this channel: while it grows, the queue moves. */
  readonly started: number
}

/**
 * What is due by `now` and nobody stops: neither is the release paused or cancelled, nor the outlet paused, nor every
 * road of the channel.
 */
export async function dueQueues(db: Db, now: Date): Promise<DueQueue[]> {
  const { rows } = await sql<Omit<DueQueue, 'lane'> & { lane: number }>`
    select queue.release_id as "releaseId", release.organisation_id as "organisationId", queue.channel, queue.lane::int as lane,
      min(queue.due_since) as "dueSince", coalesce(max(count.waiting), 0)::int as waiting, coalesce(max(count.started), 0)::int as started
    from due_queues(${now}::timestamptz) as queue join release on release.id = queue.release_id
    left join lateral (
      select sum(n) filter (where state in ('planned', 'due')) as waiting,
        sum(n) filter (where state in ('claimed', 'accepted', 'delivered', 'failed', 'unknown')) as started
      from release_count where release_count.release_id = queue.release_id and release_count.channel = queue.channel
    ) as count on true
    where queue.means = 'manual' or not exists (select 1 from gateway where gateway.channel = queue.channel)
      or exists (select 1 from gateway where gateway.channel = queue.channel and gateway.paused_at is null)
    group by 1, 2, 3, 4 order by 5`.execute(db)
  return rows.map((row) => ({ ...row, lane: LANES[row.lane] ?? 'ordinary' }))
}

/** A release some of whose rows nobody knows of, since when a person would have to find out. */
export interface UnknownRows {
  readonly releaseId: Id<'release'>
  readonly organisationId: Id<'organisation'>
  readonly since: Date
  readonly count: number
}

/** Rows nobody knows of whose provider was asked in vain until `before`, and which no person has settled since. */
export async function unknownSince(db: Db, before: Date): Promise<UnknownRows[]> {
  const { rows } = await sql<UnknownRows>`
    select delivery.release_id as "releaseId", release.organisation_id as "organisationId", count(*)::int as count,
      min(coalesce(delivery.ask_until, delivery.unknown_since)) as since
    from delivery join release on release.id = delivery.release_id
    where delivery.unknown_since is not null and coalesce(delivery.ask_until, delivery.unknown_since) <= ${before}::timestamptz
    group by 1, 2 order by since`.execute(db)
  return rows
}

/** An outlet from which no good word has come since a moment. */
export interface SilentOutlet {
  readonly outletId: Id<'outlet'>
  readonly organisationId: Id<'organisation'>
  readonly name: string
  readonly channel: ChannelKey
  readonly since: Date
}

/**
 * Machines of which every row since `before` or longer was refused, put off or became unknown. Lists of subscribers are
 * left out: of many people there are always some whose address is wrong.
 */
export async function silentMachines(db: Db, before: Date, now: Date): Promise<SilentOutlet[]> {
  const { rows } = await sql<SilentOutlet>`
    with trouble as (
      select outlet_id, (select at from delivery_event where delivery_id = delivery.id order by id limit 1) as at
        from delivery where put_off_at is not null
      union all
      select outlet_id, unknown_since from delivery where means = 'machine' and recipient_id is null
        and unknown_since > ${now}::timestamptz - make_interval(days => ${LOOKS_BACK_DAYS})
      union all
      select outlet_id, failed_at from delivery where failed_at > ${now}::timestamptz - make_interval(days => ${LOOKS_BACK_DAYS})
    ), silent as (
      select trouble.outlet_id, min(trouble.at) as since from trouble
      left join lateral (
        select max(coalesce(good.closed_at, good.accepted_at)) as at from (
          select closed_at, accepted_at from delivery
          where delivery.outlet_id = trouble.outlet_id and state in ('accepted', 'delivered') order by due_at desc limit 20
        ) as good
      ) as good on true
      where good.at is null or trouble.at > good.at
      group by trouble.outlet_id
    )
    select outlet.id as "outletId", outlet.organisation_id as "organisationId", outlet.name, outlet.channel, silent.since
    from silent join outlet on outlet.id = silent.outlet_id
    where silent.since <= ${before}::timestamptz and outlet.paused_at is null
    order by silent.since, outlet.id limit ${MOST_OUTLETS}`.execute(db)
  return rows
}

/** Outlets whose people have a task of the ledger that was due before `day`, and have shown nothing for it. */
export async function silentPeople(db: Db, day: Day): Promise<SilentOutlet[]> {
  const { rows } = await sql<SilentOutlet>`
    select outlet.id as "outletId", (array_agg(release.organisation_id order by task.due_on))[1] as "organisationId",
      outlet.name, outlet.channel, (min(task.due_on) + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh' as since
    from task join delivery on delivery.task_id = task.id
    join release on release.id = delivery.release_id join outlet on outlet.id = delivery.outlet_id
    where task.origin_kind = 'delivery' and task.state in ('set', 'accepted') and task.due_on < ${day}::date
      and delivery.state = 'accepted' and outlet.paused_at is null
      and not exists (select 1 from task_output where task_output.task_id = task.id)
    group by outlet.id order by since, outlet.id limit ${MOST_OUTLETS}`.execute(db)
  return rows
}
