import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'
import type { Activity } from './activity.ts'
import type { Count } from './count.ts'

export const ACTIVITY_COLUMNS = [
  'activity.id',
  'activity.sourceKey',
  'activity.kind',
  'activity.organisationId',
  'activity.owedTo',
  'activity.placeId',
  'activity.campaignId',
  'activity.taskId',
  'activity.releaseId',
  'activity.messageId',
  'activity.themeId',
  'activity.audience',
  'activity.language',
  'activity.day',
  'activity.beganAt',
  'activity.spot',
  'activity.topic',
  'activity.note',
  'activity.counts',
  'activity.state',
  'activity.acceptance',
  'activity.grade',
  'activity.sentBy',
  'activity.sentThrough',
  'activity.madeAt',
  'activity.receivedAt',
  'activity.revision',
] as const

/** Writes it, unless one of its id stands already: then answers false, and nothing is changed. */
export async function insertActivity(
  db: Db,
  { counts, ...activity }: Activity,
  countsKey: string | null,
): Promise<boolean> {
  const rows = await db
    .insertInto('activity')
    .values({ ...activity, counts: JSON.stringify(counts), countsKey, countsAt: activity.receivedAt })
    .onConflict((clash) => clash.doNothing())
    .returning('id')
    .execute()
  return rows.length > 0
}

export async function activityById(db: Db, id: Id<'activity'>): Promise<Activity | null> {
  const row = await db.selectFrom('activity').select(ACTIVITY_COLUMNS).where('id', '=', id).executeTakeFirst()
  return row ? asActivity(row) : null
}

/** The activity, locked until the transaction ends. */
export async function lockActivity(db: Db, id: Id<'activity'>): Promise<Activity | null> {
  const row = await db
    .selectFrom('activity')
    .select(ACTIVITY_COLUMNS)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row ? asActivity(row) : null
}

export async function activityOfSource(db: Db, sourceKey: string): Promise<Activity | null> {
  const row = await db
    .selectFrom('activity')
    .select(ACTIVITY_COLUMNS)
    .where('sourceKey', '=', sourceKey)
    .executeTakeFirst()
  return row ? asActivity(row) : null
}

/** What was sent for a task, the first first. */
export async function activitiesOfTask(db: Db, taskId: Id<'task'>): Promise<Activity[]> {
  const rows = await db
    .selectFrom('activity')
    .select(ACTIVITY_COLUMNS)
    .where('taskId', '=', taskId)
    .orderBy('receivedAt')
    .execute()
  return rows.map(asActivity)
}

export type ActivityChange = Partial<Omit<Activity, 'id' | 'counts'>> & {
  readonly counts?: readonly Count[]
  readonly countsKey?: string | null
  readonly countsAt?: Date
}

/** Changes it; every change makes another revision. */
export async function updateActivity(db: Db, id: Id<'activity'>, { counts, ...change }: ActivityChange): Promise<void> {
  await db
    .updateTable('activity')
    .set({
      ...change,
      ...(counts && { counts: JSON.stringify(counts) }),
      revision: sql<number>`revision + 1`,
    })
    .where('id', '=', id)
    .execute()
}

/** Where this body was last, and what it spoke of, when it did something of this kind: what the form remembers. */
export async function lastSaid(
  db: Db,
  organisationId: Id<'organisation'>,
  kind: string,
): Promise<Pick<Activity, 'spot' | 'topic'> | null> {
  const row = await db
    .selectFrom('activity')
    .select(['spot', 'topic'])
    .where('organisationId', '=', organisationId)
    .where('kind', '=', kind)
    .where('state', '<>', 'withdrawn')
    .orderBy('receivedAt', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

/** Other activities of the body that put up the same words at the same spot. */
export async function putUpThere(db: Db, activity: Activity): Promise<Id<'activity'>[]> {
  const { id, organisationId, messageId, placeId, spot } = activity
  const rows = await db
    .selectFrom('activity')
    .innerJoin('activityKind', 'activityKind.code', 'activity.kind')
    .select('activity.id')
    .where('organisationId', '=', organisationId)
    .where('messageId', '=', messageId)
    .where('placeId', '=', placeId)
    .where('spot', '=', spot)
    .where('activity.id', '<>', id)
    .where('activityKind.staysDays', 'is not', null)
    .execute()
  return rows.map((row) => row.id as Id<'activity'>)
}

export function asActivity(row: Record<string, unknown>): Activity {
  const { beganAt } = row
  return { ...row, beganAt: typeof beganAt === 'string' ? beganAt.slice(0, 5) : null } as unknown as Activity // the checks of table `activity` keep states, grades and ids what they say
}
