import { sql } from 'kysely'
import { fold, type Day, type Db, type Id } from '../kernel/index.ts'
import { ACTIVITY_COLUMNS, asActivity } from './activity.store.ts'
import type { Activity, ActivityState, Grade } from './activity.ts'

export interface ActivityFilter {
  /** Of these bodies, or owed to them; of all when null. */
  readonly concerning?: readonly Id<'organisation'>[] | null
  /** Of these bodies alone. */
  readonly organisations?: readonly Id<'organisation'>[] | null
  readonly campaignId?: Id<'campaign'> | null
  readonly kind?: string | null
  readonly states?: readonly ActivityState[] | null
  readonly grade?: Grade | null
  /** Accepted lower than this level, by its place in `ACCEPTANCES`. */
  readonly acceptedBelow?: number | null
  /** With findings that nobody has answered for. */
  readonly doubtful?: boolean
  /** Not sent by this person. */
  readonly notBy?: Id<'person'> | null
  readonly dayFrom?: Day | null
  readonly dayTo?: Day | null
  readonly words?: string | null
}

/** Where a page goes on: before this activity in the order of receipt. */
export interface ActivityKey {
  readonly receivedAt: Date
  readonly id: string
}

/** Last received first; `limit` rows before `before`. */
export async function activitiesWhere(
  db: Db,
  filter: ActivityFilter,
  before: ActivityKey | null,
  limit: number,
): Promise<Activity[]> {
  let query = filtered(db, filter)
    .select(ACTIVITY_COLUMNS)
    .orderBy('activity.receivedAt', 'desc')
    .orderBy('activity.id', 'desc')
    .limit(limit)
  if (before) {
    query = query.where(sql<boolean>`(activity.received_at, activity.id) < (${before.receivedAt}, ${before.id}::uuid)`)
  }
  return (await query.execute()).map(asActivity)
}

/** Up to `most` of a filter are counted: a page says “more than that” and counts no million. */
export async function countActivities(db: Db, filter: ActivityFilter, most: number): Promise<number> {
  const few = filtered(db, filter).select('activity.id').limit(most)
  const row = await db
    .selectFrom(few.as('few'))
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return row.count
}

function filtered(db: Db, filter: ActivityFilter) {
  const { concerning, organisations, campaignId, kind, states, grade, acceptedBelow, doubtful, notBy } = filter
  const { dayFrom, dayTo, words } = filter
  let query = db.selectFrom('activity')
  if (concerning) {
    const ids = sql`${[...concerning]}::uuid[]`
    query = query.where(sql<boolean>`(activity.organisation_id = any(${ids}) or activity.owed_to = any(${ids}))`)
  }
  if (organisations) query = query.where(sql<boolean>`activity.organisation_id = any(${[...organisations]}::uuid[])`)
  if (campaignId) query = query.where('activity.campaignId', '=', campaignId)
  if (kind) query = query.where('activity.kind', '=', kind)
  if (states) query = query.where('activity.state', 'in', states)
  if (grade) query = query.where('activity.grade', '=', grade)
  if (acceptedBelow) query = query.where('activity.acceptance', '<', acceptedBelow)
  if (notBy) query = query.where(sql<boolean>`activity.sent_by is distinct from ${notBy}`)
  if (doubtful) {
    query = query.where(sql<boolean>`exists (select 1 from activity_finding
      where activity_finding.activity_id = activity.id and activity_finding.answer is null)`)
  }
  if (dayFrom) query = query.where('activity.day', '>=', dayFrom)
  if (dayTo) query = query.where('activity.day', '<=', dayTo)
  if (words) query = query.where('activity.searchKey', 'like', `%${fold(words).replace(/[\\%_]/g, '\\$&')}%`)
  return query
}
