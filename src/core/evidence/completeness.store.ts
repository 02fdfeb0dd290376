import { sql } from 'kysely'
import { type Day, type Db, type Id } from '../kernel/index.ts'

/** What a body owed in a period and what it has sent of it. */
export interface Completeness {
  readonly organisationId: Id<'organisation'>
  readonly organisation: string
  readonly code: string
  /** Tasks due in the period that were not taken back. */
  readonly owed: number
  /** Of these: proved or done by their day, after it, and neither. `owed = onTime + late + missing`. */
  readonly onTime: number
  readonly late: number
  readonly missing: number
  /** Activities of those days, whether of a task or not. */
  readonly activities: number
}

/**
 * How complete and how timely these bodies were from day to day, by name, after one of them. On time is what was
 * received, or reported done, on the day it was due or before; what was given on to bodies below counts there, not here.
 */
export async function completenessOf(
  db: Db,
  over: readonly Id<'organisation'>[],
  { dayFrom, dayTo, campaignId }: { readonly dayFrom: Day; readonly dayTo: Day; readonly campaignId: string | null },
  page: { readonly after: { readonly name: string; readonly code: string } | null; readonly limit: number },
): Promise<Completeness[]> {
  const ids = sql`${[...over]}::uuid[]`
  const within = campaignId === null ? sql`true` : sql`task.campaign_id = ${campaignId}::uuid`
  const { rows } = await sql<Completeness>`
    with owed as (
      select task.id, task.organisation_id, task.due_on, least(
        (select min(received_at) from activity where activity.task_id = task.id and activity.state in ('sent', 'accepted')),
        case when task.state = 'done' then (select max(at) from task_event where task_event.task_id = task.id and kind = 'done') end
      ) as shown_at
      from task
      where (task.organisation_id = any(${ids}) or task.assigned_by = any(${ids}))
        and task.due_on between ${dayFrom} and ${dayTo} and task.state <> 'withdrawn' and ${within}
        and not exists (select 1 from task as part where part.parent_id = task.id and part.state <> 'withdrawn')
    ), summed as (
      select organisation_id, count(*)::int as owed,
        count(*) filter (where (shown_at at time zone 'Asia/Ho_Chi_Minh')::date <= due_on)::int as on_time,
        count(*) filter (where (shown_at at time zone 'Asia/Ho_Chi_Minh')::date > due_on)::int as late,
        count(*) filter (where shown_at is null)::int as missing
      from owed group by organisation_id
    ), sent as (
      select organisation_id, count(*)::int as activities from activity
      where (organisation_id = any(${ids}) or owed_to = any(${ids})) and day between ${dayFrom} and ${dayTo}
        and state in ('sent', 'accepted') group by organisation_id
    )
    select organisation.id as organisation_id, organisation.name as organisation, organisation.code,
      coalesce(owed, 0) as owed, coalesce(on_time, 0) as on_time, coalesce(late, 0) as late,
      coalesce(missing, 0) as missing, coalesce(activities, 0) as activities
    from organisation left join summed on summed.organisation_id = organisation.id
      left join sent on sent.organisation_id = organisation.id
    where coalesce(owed, 0) + coalesce(activities, 0) > 0
      and (${page.after === null} or (organisation.name collate "vi-x-icu", organisation.code) >
        (${page.after?.name ?? ''} collate "vi-x-icu", ${page.after?.code ?? ''}))
    order by organisation.name collate "vi-x-icu", organisation.code
    limit ${page.limit}`.execute(db)
  return rows
}
