import { sql } from 'kysely'
import type { Day, Db, Id } from '../kernel/index.ts'

export interface EvidenceLock {
  readonly id: Id<'evidence_lock'>
  readonly organisationId: Id<'organisation'>
  readonly organisation: string
  readonly dayFrom: Day
  readonly dayTo: Day
  readonly reason: string
  readonly lockedBy: string | null
  readonly lockedAt: Date
  readonly unlockedBy: string | null
  readonly unlockedAt: Date | null
  readonly unlockReason: string | null
}

const KEY = sql`hashtextextended('evidence_lock', 0)`

/** Lets no period be closed before this transaction has ended; many may hold it at once. */
export async function whileUnlocked(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${KEY})`.execute(db)
}

/** Waits until nothing of evidence is being changed, and lets nothing be until this transaction has ended. */
export async function whileLocking(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(${KEY})`.execute(db)
}

/** The standing lock of one of these bodies over one of these days, if there is any. */
export async function lockOver(
  db: Db,
  organisationIds: readonly Id<'organisation'>[],
  days: readonly Day[],
): Promise<{ organisation: string; dayFrom: Day; dayTo: Day } | null> {
  const row = await db
    .selectFrom('evidenceLock')
    .innerJoin('organisation', 'organisation.id', 'evidenceLock.organisationId')
    .select(['organisation.name as organisation', 'dayFrom', 'dayTo'])
    .where('organisationId', 'in', organisationIds)
    .where('unlockedAt', 'is', null)
    .where((eb) => eb.or(days.map((day) => eb.and([eb('dayFrom', '<=', day), eb('dayTo', '>=', day)]))))
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

export async function insertLock(
  db: Db,
  lock: Pick<EvidenceLock, 'id' | 'organisationId' | 'dayFrom' | 'dayTo' | 'reason' | 'lockedAt'> & {
    readonly lockedBy: Id<'person'> | null
  },
): Promise<void> {
  await db.insertInto('evidenceLock').values(lock).execute()
}

/** Ends it. Answers the body whose lock it was; null when it does not stand. */
export async function endLock(
  db: Db,
  id: Id<'evidence_lock'>,
  end: { readonly unlockedBy: Id<'person'> | null; readonly unlockedAt: Date; readonly unlockReason: string },
): Promise<boolean> {
  const rows = await db
    .updateTable('evidenceLock')
    .set(end)
    .where('id', '=', id)
    .where('unlockedAt', 'is', null)
    .returning('id')
    .execute()
  return rows.length > 0
}

export async function bodyOfLock(db: Db, id: Id<'evidence_lock'>): Promise<Id<'organisation'> | null> {
  const row = await db.selectFrom('evidenceLock').select('organisationId').where('id', '=', id).executeTakeFirst()
  return (row?.organisationId as Id<'organisation'> | undefined) ?? null
}

/** Newest first; those that were ended stay in the record. */
export async function locks(db: Db, limit: number): Promise<EvidenceLock[]> {
  const rows = await db
    .selectFrom('evidenceLock')
    .innerJoin('organisation', 'organisation.id', 'evidenceLock.organisationId')
    .leftJoin('person as one', 'one.id', 'evidenceLock.lockedBy')
    .leftJoin('person as other', 'other.id', 'evidenceLock.unlockedBy')
    .select([
      'evidenceLock.id',
      'evidenceLock.organisationId',
      'organisation.name as organisation',
      'dayFrom',
      'dayTo',
      'reason',
      'one.name as lockedBy',
      'lockedAt',
      'other.name as unlockedBy',
      'unlockedAt',
      'unlockReason',
    ])
    .orderBy('lockedAt', 'desc')
    .limit(limit)
    .execute()
  return rows as EvidenceLock[] // ids as table `evidence_lock` keeps them
}
