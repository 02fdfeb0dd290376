import { sql } from 'kysely'
import type { Db } from '../kernel/index.ts'

interface Hashes {
  readonly usernameHash: string
  readonly addressHash: string
}

export async function attemptsSince(
  db: Db,
  { usernameHash, addressHash }: Hashes,
  since: Date,
): Promise<{ byName: number; byAddress: number; last: Date | null }> {
  const { rows } = await sql<{ byName: number; byAddress: number; last: Date | null }>`
    select (count(*) filter (where username_hash = ${usernameHash}))::int as by_name,
           (count(*) filter (where address_hash = ${addressHash}))::int as by_address, max(at) as last
    from sign_in_attempt where (username_hash = ${usernameHash} or address_hash = ${addressHash}) and at > ${since}`.execute(
    db,
  )
  return rows[0] ?? { byName: 0, byAddress: 0, last: null }
}

/** Keeps one failure and sweeps those before `old`. */
export async function insertAttempt(db: Db, hashes: Hashes, at: Date, old: Date): Promise<void> {
  await db
    .insertInto('signInAttempt')
    .values({ ...hashes, at })
    .execute()
  await db.deleteFrom('signInAttempt').where('at', '<', old).execute()
}

export async function deleteAttempts(db: Db, usernameHash: string): Promise<void> {
  await db.deleteFrom('signInAttempt').where('usernameHash', '=', usernameHash).execute()
}
