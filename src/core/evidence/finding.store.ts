import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'
import { FINDING_CODES, type ActivityFinding, type FindingCode } from './finding.ts'

export interface StandingFinding extends ActivityFinding {
  readonly foundAt: Date
  /** Why it is all right, in the words of who answers for it; null while nobody does. */
  readonly answer: string | null
  readonly answeredBy: string | null
}

/** In the order they were found; who answered by name. */
export async function findingsOf(db: Db, activityId: Id<'activity'>): Promise<StandingFinding[]> {
  const rows = await db
    .selectFrom('activityFinding')
    .leftJoin('person', 'person.id', 'activityFinding.answeredBy')
    .select(['code', 'key', 'facts', 'otherId', 'foundAt', 'answer', 'person.name as answeredBy'])
    .where('activityId', '=', activityId)
    .orderBy('foundAt')
    .orderBy('code')
    .orderBy('key')
    .execute()
  return rows as unknown as StandingFinding[] // codes and facts as the checks wrote them
}

/** How many nobody has answered for, by activity; those without are left out. */
export async function openFindings(db: Db, activityIds: readonly Id<'activity'>[]): Promise<Map<string, number>> {
  if (activityIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('activityFinding')
    .select(['activityId', sql<number>`count(*)::int`.as('open')])
    .where('activityId', 'in', activityIds)
    .where('answer', 'is', null)
    .groupBy('activityId')
    .execute()
  return new Map(rows.map(({ activityId, open }) => [activityId, open]))
}

/** Activities of which a finding of these codes names this one. */
export async function activitiesNaming(
  db: Db,
  activityId: Id<'activity'>,
  codes: readonly FindingCode[],
): Promise<Id<'activity'>[]> {
  const rows = await db
    .selectFrom('activityFinding')
    .select('activityId')
    .distinct()
    .where('otherId', '=', activityId)
    .where('code', 'in', [...codes])
    .orderBy('activityId')
    .execute()
  return rows.map(({ activityId: id }) => id as Id<'activity'>) // as stored
}

/**
 * Puts these in the place of what was found, or of what of these codes was; what was answered for stays as it was, what no
 * longer holds goes.
 */
export async function replaceFindings(
  db: Db,
  activityId: Id<'activity'>,
  found: readonly ActivityFinding[],
  now: Date,
  codes: readonly FindingCode[] = FINDING_CODES,
): Promise<void> {
  const keys = found.map(({ code, key }) => `${code}:${key}`)
  let gone = db
    .deleteFrom('activityFinding')
    .where('activityId', '=', activityId)
    .where('code', 'in', [...codes])
  if (keys.length > 0) gone = gone.where(sql<boolean>`not (code || ':' || key = any(${keys}::text[]))`)
  await gone.where('answer', 'is', null).execute()
  if (found.length === 0) return
  const rows = found.map(({ facts, ...finding }) => ({
    ...finding,
    activityId,
    facts: JSON.stringify(facts),
    foundAt: now,
  }))
  await db
    .insertInto('activityFinding')
    .values(rows)
    .onConflict((clash) =>
      clash
        .columns(['activityId', 'code', 'key'])
        .doUpdateSet((row) => ({ facts: row.ref('excluded.facts'), otherId: row.ref('excluded.otherId') }))
        .where('activityFinding.answer', 'is', null),
    )
    .execute()
}

/** Writes down who answers for it and why. Answers whether it was open. */
export async function answerFindingRow(
  db: Db,
  activityId: Id<'activity'>,
  { code, key }: Pick<ActivityFinding, 'code' | 'key'>,
  answer: { readonly answer: string; readonly answeredBy: Id<'person'> | null; readonly answeredAt: Date },
): Promise<boolean> {
  const rows = await db
    .updateTable('activityFinding')
    .set(answer)
    .where('activityId', '=', activityId)
    .where('code', '=', code)
    .where('key', '=', key)
    .where('answer', 'is', null)
    .returning('code')
    .execute()
  return rows.length > 0
}
