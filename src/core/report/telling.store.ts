import { sql } from 'kysely'
import type { Day, Db, Id } from '../kernel/index.ts'
import type { PartDue } from './tell-contributors.ts'

/** Parts that wait and are due by this day, the most urgent first. */
export async function partsDueBy(db: Db, day: Day, today: Day): Promise<PartDue[]> {
  const rows = await db
    .selectFrom('reportPart')
    .innerJoin('reportRequest', 'reportRequest.id', 'reportPart.requestId')
    .innerJoin('organisation', 'organisation.id', 'reportPart.organisationId')
    .select(['reportPart.id', 'reportPart.organisationId', 'organisation.name as body'])
    .select(['reportRequest.subject', 'reportRequest.askedBy', 'reportRequest.dueOn'])
    .select(sql<PartDue['step']>`case when due_on < ${today} then 'overdue' else 'due_soon' end`.as('step'))
    .where('reportPart.state', '=', 'waiting')
    .where('reportRequest.state', '=', 'open')
    .where('reportRequest.dueOn', '<=', day)
    .orderBy('reportRequest.dueOn')
    .orderBy('reportPart.id')
    .execute()
  return rows as unknown as PartDue[] // ids as they were written
}

/** Writes down that a person is told of these, and answers those that they had not been told of. */
export async function noteTelling(
  db: Db,
  personId: Id<'person'>,
  parts: readonly PartDue[],
  now: Date,
): Promise<PartDue[]> {
  const rows = await db
    .insertInto('reportPartTelling')
    .values(parts.map(({ id, step }) => ({ partId: id, personId, step, toldAt: now })))
    .onConflict((clash) => clash.doNothing())
    .returning('partId')
    .execute()
  const fresh = new Set(rows.map(({ partId }) => partId))
  return parts.filter(({ id }) => fresh.has(id))
}

/** The telling did not come about: they may be told later. */
export async function dropTelling(db: Db, personId: Id<'person'>, parts: readonly PartDue[]): Promise<void> {
  for (const { id, step } of parts) {
    await db
      .deleteFrom('reportPartTelling')
      .where('partId', '=', id)
      .where('personId', '=', personId)
      .where('step', '=', step)
      .execute()
  }
}
