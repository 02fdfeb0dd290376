import { sql } from 'kysely'
import type { Db } from '../kernel/index.ts'
import type { ChainedEntry } from './entry-hash.ts'

export interface StoredEntry extends ChainedEntry {
  readonly hash: string
}

/** One number for `pg_advisory_xact_lock`: whoever holds it is the only one appending. */
const CHAIN_LOCK = 7_265_511

/** Waits until nobody else appends, and answers the newest entry; held until the transaction ends. */
export async function lockChainEnd(db: Db): Promise<{ seq: number; hash: string } | null> {
  await sql`select pg_advisory_xact_lock(${CHAIN_LOCK})`.execute(db)
  const last = await db
    .selectFrom('auditEntry')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last ? { seq: Number(last.seq), hash: last.hash } : null
}

export async function insertEntry(db: Db, entry: StoredEntry): Promise<void> {
  await db
    .insertInto('auditEntry')
    .values({ ...entry, facts: JSON.stringify(entry.facts) })
    .execute()
}

/** Entries after `seq`, oldest first. */
export async function entriesAfter(db: Db, seq: number, limit: number): Promise<StoredEntry[]> {
  const rows = await db
    .selectFrom('auditEntry')
    .selectAll()
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map(asEntry)
}

/** Entries before `seq` (all when null), newest first, of one subject when asked. */
export async function entriesBefore(
  db: Db,
  seq: number | null,
  limit: number,
  subject: { readonly subject: string; readonly subjectId: string } | null = null,
): Promise<StoredEntry[]> {
  let query = db.selectFrom('auditEntry').selectAll().orderBy('seq', 'desc').limit(limit)
  if (seq !== null) query = query.where('seq', '<', seq)
  if (subject) query = query.where('subject', '=', subject.subject).where('subjectId', '=', subject.subjectId)
  return (await query.execute()).map(asEntry)
}

function asEntry(row: {
  seq: number | string
  at: Date
  actorKind: string
  actor: string
  action: string
  subject: string
  subjectId: string | null
  facts: unknown
  previousHash: string
  hash: string
}): StoredEntry {
  return { ...row, seq: Number(row.seq), facts: row.facts as Record<string, unknown> }
}
