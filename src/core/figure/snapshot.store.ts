import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'
import type { KeptAnswer } from './snapshot.ts'

/** A question with its answer as of a moment. */
export interface Snapshot {
  readonly id: Id<'figure_snapshot'>
  readonly name: string
  readonly organisationId: Id<'organisation'>
  /** As `QuestionSchema` reads it. */
  readonly question: unknown
  readonly answer: KeptAnswer
  readonly asOf: Date
  readonly takenBy: Id<'person'> | null
  readonly takenAt: Date
}

const COLUMNS = ['id', 'name', 'organisationId', 'question', 'answer', 'asOf', 'takenBy', 'takenAt'] as const

/**
 * Waits until nobody is any more in the middle of writing a fact who was so when this was called; others may go on. So
 * what is read next is all that counted up to a moment noted before. The lock is given back at once: kept until the end
 * of the transaction, it and the lock on the record could wait for each other.
 */
export async function letWritersFinish(db: Db): Promise<void> {
  await sql`savepoint writers`.execute(db)
  await sql`lock table activity_count, ledger_count in share mode`.execute(db)
  await sql`rollback to savepoint writers`.execute(db)
  await sql`release savepoint writers`.execute(db)
}

export async function insertSnapshot(db: Db, snapshot: Snapshot): Promise<void> {
  const { question, answer } = snapshot
  await db
    .insertInto('figureSnapshot')
    .values({ ...snapshot, question: JSON.stringify(question), answer: JSON.stringify(answer) })
    .execute()
}

export async function snapshotById(db: Db, id: Id<'figure_snapshot'>): Promise<Snapshot | null> {
  const row = await db.selectFrom('figureSnapshot').select(COLUMNS).where('id', '=', id).executeTakeFirst()
  return row ? asSnapshot(row) : null
}

/** The newest first, `limit` of them after `before`. */
export async function snapshots(
  db: Db,
  before: { readonly takenAt: Date; readonly id: string } | null,
  limit: number,
): Promise<Snapshot[]> {
  let query = db
    .selectFrom('figureSnapshot')
    .select(COLUMNS)
    .orderBy('takenAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (before) query = query.where(sql<boolean>`(taken_at, id) < (${before.takenAt}, ${before.id}::uuid)`)
  return (await query.execute()).map(asSnapshot)
}

function asSnapshot(row: object): Snapshot {
  return row as Snapshot // written by `insertSnapshot` alone
}
