import { sql } from 'kysely'
import type { Db } from '../kernel/index.ts'

interface Hashes {
  readonly usernameHash: string
  readonly addressHash: string
}

export interface Failures {
  readonly count: number
  readonly last: Date | null
}

/** Tries of the same name, and of the same address, wait for each other until the transaction ends. */
export async function lockAttempts(db: Db, { usernameHash, addressHash }: Hashes): Promise<void> {
  // In one order for all, so that two that cross do not wait for each other for ever.
  for (const key of [`address ${addressHash}`, `name ${usernameHash}`]) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(db)
  }
}

/** Failures after `since` and tries under way, of one name or one address. */
export async function failuresSince(db: Db, of: keyof Hashes, hash: string, since: Date): Promise<Failures> {
  return db
    .selectFrom('signInAttempt')
    .select((eb) => [eb.cast<number>(eb.fn.countAll(), 'integer').as('count'), eb.fn.max('at').as('last')])
    .where(of, '=', hash)
    .where('at', '>', since)
    .executeTakeFirstOrThrow()
}

/** Keeps one try and sweeps those before `old`. */
export async function insertAttempt(db: Db, hashes: Hashes, at: Date, old: Date): Promise<number> {
  await db.deleteFrom('signInAttempt').where('at', '<', old).execute()
  const row = await db
    .insertInto('signInAttempt')
    .values({ ...hashes, at })
    .returning('id')
    .executeTakeFirstOrThrow()
  return Number(row.id)
}

export async function deleteAttempt(db: Db, id: number): Promise<void> {
  await db.deleteFrom('signInAttempt').where('id', '=', id).execute()
}

export async function deleteAttempts(db: Db, usernameHash: string): Promise<void> {
  await db.deleteFrom('signInAttempt').where('usernameHash', '=', usernameHash).execute()
}
