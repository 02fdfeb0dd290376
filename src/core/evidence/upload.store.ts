import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'
import type { ProofRole } from './attach-proof.ts'

/** A file on its way from a device to its activity. */
export interface Upload {
  readonly id: Id<'upload'>
  readonly activityId: Id<'activity'>
  readonly personId: Id<'person'>
  readonly role: ProofRole
  readonly fileName: string
  readonly bytes: number
  /** Of the whole file, as the device says. */
  readonly sha256: string
  /** Bytes that have come, from the first on. */
  readonly received: number
  readonly finishedAt: Date | null
  /** Why it is not taken; null while it may be. */
  readonly refusal: string | null
}

const COLUMNS = [
  'id',
  'activityId',
  'personId',
  'role',
  'fileName',
  'bytes',
  'sha256',
  'received',
  'finishedAt',
  'refusal',
] as const

type NewUpload = Omit<Upload, 'received' | 'finishedAt' | 'refusal'> & {
  readonly begunAt: Date
  readonly movedAt: Date
}

/** Adds them; one that is expected already is left. */
export async function insertUploads(db: Db, uploads: readonly NewUpload[]): Promise<void> {
  await db
    .insertInto('upload')
    .values([...uploads])
    .onConflict((clash) => clash.doNothing())
    .execute()
}

export async function uploadById(db: Db, id: Id<'upload'>): Promise<Upload | null> {
  const row = await db.selectFrom('upload').select(COLUMNS).where('id', '=', id).executeTakeFirst()
  return (row as Upload | undefined) ?? null // ids and roles by the checks of table `upload`
}

/** The upload, locked until the transaction ends: two who send the same piece come one after the other. */
export async function lockUpload(db: Db, id: Id<'upload'>): Promise<Upload | null> {
  const row = await db.selectFrom('upload').select(COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst()
  return (row as Upload | undefined) ?? null // as in uploadById
}

/** Files of an activity that have not come, or were not taken. */
export async function openUploads(db: Db, activityId: Id<'activity'>): Promise<Upload[]> {
  const rows = await db
    .selectFrom('upload')
    .select(COLUMNS)
    .where('activityId', '=', activityId)
    .where('finishedAt', 'is', null)
    .orderBy('begunAt')
    .execute()
  return rows as Upload[] // as in uploadById
}

export async function insertPiece(
  db: Db,
  { uploadId, startsAt, bytes }: { uploadId: Id<'upload'>; startsAt: number; bytes: Uint8Array },
): Promise<void> {
  await db
    .insertInto('uploadPiece')
    .values({ uploadId, startsAt, bytes: Buffer.from(bytes) })
    .execute()
}

/** The whole of it, from its pieces. */
export async function bytesOfUpload(db: Db, id: Id<'upload'>): Promise<Uint8Array> {
  const rows = await db
    .selectFrom('uploadPiece')
    .select('bytes')
    .where('uploadId', '=', id)
    .orderBy('startsAt')
    .execute()
  return Buffer.concat(rows.map(({ bytes }) => bytes))
}

export async function moveUpload(db: Db, id: Id<'upload'>, received: number, movedAt: Date): Promise<void> {
  await db.updateTable('upload').set({ received, movedAt }).where('id', '=', id).execute()
}

/** Ends it; its pieces are not needed any more. */
export async function endUpload(
  db: Db,
  id: Id<'upload'>,
  end: { readonly finishedAt: Date | null; readonly refusal: string | null },
): Promise<void> {
  await db.updateTable('upload').set(end).where('id', '=', id).execute()
  await dropPieces(db, id)
}

export async function dropPieces(db: Db, id: Id<'upload'>): Promise<void> {
  await db.deleteFrom('uploadPiece').where('uploadId', '=', id).execute()
}

/** Those with pieces that have not moved since. */
export async function staleUploads(db: Db, before: Date): Promise<Id<'upload'>[]> {
  const rows = await db
    .selectFrom('upload')
    .select('id')
    .where('finishedAt', 'is', null)
    .where('movedAt', '<', before)
    .where(sql<boolean>`received > 0`)
    .execute()
  return rows.map(({ id }) => id as Id<'upload'>)
}
