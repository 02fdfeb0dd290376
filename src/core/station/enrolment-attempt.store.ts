import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../kernel/index.ts'

export interface Attempts {
  readonly fromAddress: number
  readonly fromAnywhere: number
}

/** Counts a try before it is made, after those that wait; answers how many there were since, without it. */
export async function countAttempt(
  db: Db,
  address: string,
  now: Date,
  since: Date,
): Promise<Attempts & { readonly id: number }> {
  const addressHash = createHash('sha256').update(address).digest('hex')
  await sql`select pg_advisory_xact_lock(hashtextextended('enrolment_attempt', 0))`.execute(db)
  await db.deleteFrom('enrolmentAttempt').where('at', '<', since).execute()
  const before = await db
    .selectFrom('enrolmentAttempt')
    .select((eb) => [
      eb.cast<number>(eb.fn.countAll(), 'integer').as('fromAnywhere'),
      eb.cast<number>(eb.fn.countAll().filterWhere('addressHash', '=', addressHash), 'integer').as('fromAddress'),
    ])
    .executeTakeFirstOrThrow()
  const { id } = await db
    .insertInto('enrolmentAttempt')
    .values({ addressHash, at: now })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { ...before, id }
}

export async function dropAttempt(db: Db, id: number): Promise<void> {
  await db.deleteFrom('enrolmentAttempt').where('id', '=', id).execute()
}
