import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'
import { COUNTING_STATES, type Activity } from './activity.ts'

/** One number of one activity, as figures sum it. */
export interface Fact {
  readonly indicator: string
  readonly breakdown: string
  readonly part: string
  readonly value: number
  readonly estimated: boolean
}

/**
 * Brings the facts of an activity to what it says now: where anything differs, all that counted is closed as of `now`
 * and written anew. Answers whether anything differed.
 */
export async function recount(db: Db, activity: Activity, channel: string, now: Date): Promise<boolean> {
  const counts = (COUNTING_STATES as readonly string[]).includes(activity.state) ? activity.counts : []
  const wanted = counts.map((count) => ({ ...dimensionsOf(activity, channel), ...count }))
  if (sameRows(await liveFacts(db, activity.id), wanted)) return false
  await db
    .updateTable('activityCount')
    .set({ until: now })
    .where('activityId', '=', activity.id)
    .where(sql<boolean>`until = 'infinity'`)
    .execute()
  // Two changes of one moment: what counted for no time at all gives way to what came of the last.
  await db.deleteFrom('activityCount').where('activityId', '=', activity.id).where('since', '=', now).execute()
  if (wanted.length > 0) {
    const rows = wanted.map((row) => ({ ...row, activityId: activity.id, since: now }))
    await db.insertInto('activityCount').values(rows).execute()
  }
  return true
}

function dimensionsOf(activity: Activity, channel: string) {
  const { organisationId, placeId, campaignId, themeId, day, kind, audience, language, grade, acceptance } = activity
  return { organisationId, placeId, campaignId, themeId, day, kind, channel, audience, language, grade, acceptance }
}

const FACT_COLUMNS = [
  'indicator',
  'breakdown',
  'part',
  'value',
  'estimated',
  'organisationId',
  'placeId',
  'campaignId',
  'themeId',
  'day',
  'kind',
  'channel',
  'audience',
  'language',
  'grade',
  'acceptance',
] as const

function liveFacts(db: Db, activityId: Id<'activity'>) {
  return db
    .selectFrom('activityCount')
    .select(FACT_COLUMNS)
    .where('activityId', '=', activityId)
    .where(sql<boolean>`until = 'infinity'`)
    .execute()
}

type Row = Readonly<Record<(typeof FACT_COLUMNS)[number], unknown>>

function sameRows(standing: readonly Row[], wanted: readonly Row[]): boolean {
  const lines = (rows: readonly Row[]) =>
    rows.map((row) => JSON.stringify(FACT_COLUMNS.map((name) => row[name]))).sort()
  return JSON.stringify(lines(standing)) === JSON.stringify(lines(wanted))
}

/** What counts of an activity now, or counted at a moment. */
export async function factsOf(db: Db, activityId: Id<'activity'>, asOf: Date | null = null): Promise<Fact[]> {
  return db
    .selectFrom('activityCount')
    .select(['indicator', 'breakdown', 'part', 'value', 'estimated'])
    .where('activityId', '=', activityId)
    .where(asOf === null ? sql<boolean>`until = 'infinity'` : sql<boolean>`since <= ${asOf} and ${asOf} < until`)
    .orderBy('indicator')
    .orderBy('breakdown')
    .orderBy('part')
    .execute()
}
