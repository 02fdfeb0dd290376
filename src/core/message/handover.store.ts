import { sql } from 'kysely'
import type { ChannelKey } from '../channel/index.ts'
import type { Day, Db, Id } from '../kernel/index.ts'

/** A body that was given approved content (giao bản duyệt). */
export interface Handover {
  readonly id: Id<'handover'>
  readonly messageId: Id<'message'>
  /** SHA-256 of exactly what was given. */
  readonly contentHash: string
  readonly channel: ChannelKey
  readonly organisationId: Id<'organisation'>
  readonly handedOn: Day
  readonly note: string
  readonly recordedBy: Id<'person'> | null
  readonly recordedAt: Date
  /** The task by which it takes the content down again; null while it may stay. */
  readonly recallTaskId: Id<'task'> | null
}

const COLUMNS = [
  'id',
  'messageId',
  'contentHash',
  'channel',
  'organisationId',
  'handedOn',
  'note',
  'recordedBy',
  'recordedAt',
  'recallTaskId',
] as const

export async function insertHandover(db: Db, handover: Handover): Promise<void> {
  await db.insertInto('messageHandover').values(handover).execute()
}

export interface HandoverKey {
  readonly recordedAt: Date
  readonly id: string
}

/** Newest first. */
export async function handoversOf(
  db: Db,
  messageId: Id<'message'>,
  before: HandoverKey | null,
  limit: number,
): Promise<Handover[]> {
  let query = db
    .selectFrom('messageHandover')
    .select(COLUMNS)
    .where('messageId', '=', messageId)
    .orderBy('recordedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (before) query = query.where(sql<boolean>`(recorded_at, id) < (${before.recordedAt}, ${before.id}::uuid)`)
  return (await query.execute()) as Handover[] // ids and channel as insertHandover wrote them
}

/** All that still lie where they went. */
export async function handoversToRecall(db: Db, messageId: Id<'message'>): Promise<Handover[]> {
  const rows = await db
    .selectFrom('messageHandover')
    .select(COLUMNS)
    .where('messageId', '=', messageId)
    .where('recallTaskId', 'is', null)
    .orderBy('id')
    .execute()
  return rows as Handover[] // ids and channel as insertHandover wrote them
}

export async function setRecalled(db: Db, ids: readonly Id<'handover'>[], taskId: Id<'task'>): Promise<void> {
  await db.updateTable('messageHandover').set({ recallTaskId: taskId }).where('id', 'in', ids).execute()
}
