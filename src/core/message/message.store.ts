import { sql } from 'kysely'
import { fold, type Db, type Id } from '../kernel/index.ts'
import type { MasterWords, Message, MessageVersion } from './message.ts'

const COLUMNS = [
  'id',
  'organisationId',
  'campaignId',
  'kind',
  'workingTitle',
  'language',
  'themes',
  'audiences',
  'places',
  'embargoUntil',
  'validUntil',
  'currentVersion',
  'contentHash',
  'createdBy',
  'createdAt',
  'changedAt',
  'withdrawnAt',
  'withdrawnReason',
] as const

export async function insertMessage(db: Db, message: Message): Promise<void> {
  const { themes, audiences, places, ...rest } = message
  await db
    .insertInto('message')
    .values({ ...rest, themes: [...themes], audiences: [...audiences], places: [...places] })
    .execute()
}

export async function messageById(db: Db, id: Id<'message'>): Promise<Message | null> {
  const row = await db.selectFrom('message').select(COLUMNS).where('id', '=', id).executeTakeFirst()
  return row ? asMessage(row) : null
}

/** The message, locked until the transaction ends: two who save at once are told one after the other. */
export async function lockMessage(db: Db, id: Id<'message'>): Promise<Message | null> {
  const row = await db.selectFrom('message').select(COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst()
  return row ? asMessage(row) : null
}

export async function updateMessage(db: Db, id: Id<'message'>, change: Partial<Omit<Message, 'id'>>): Promise<void> {
  const { themes, audiences, places, ...rest } = change
  const lists = {
    ...(themes && { themes: [...themes] }),
    ...(audiences && { audiences: [...audiences] }),
    ...(places && { places: [...places] }),
  }
  await db
    .updateTable('message')
    .set({ ...rest, ...lists })
    .where('id', '=', id)
    .execute()
}

/** Messages whose words, as they stand, show this media; last changed first. */
export async function messagesUsing(db: Db, mediaId: Id<'media'>, limit: number): Promise<Message[]> {
  const rows = await db
    .selectFrom('message')
    .innerJoin('messageVersion', (join) =>
      join
        .onRef('messageVersion.messageId', '=', 'message.id')
        .onRef('messageVersion.number', '=', 'message.currentVersion'),
    )
    .select(COLUMNS.map((column) => `message.${column}` as const))
    .where('messageVersion.body', 'like', `%](media:${mediaId})%`)
    .orderBy('changedAt', 'desc')
    .limit(limit)
    .execute()
  return rows.map(asMessage)
}

export interface MessageFilter {
  readonly campaignId?: Id<'campaign'> | null
  readonly words?: string | null
}
/** Where a page of the list goes on: before this message in the order of change. */
export interface MessageKey {
  readonly changedAt: Date
  readonly id: string
}

/** Last changed first. */
export async function messagesWhere(
  db: Db,
  { campaignId, words }: MessageFilter,
  before: MessageKey | null,
  limit: number,
): Promise<Message[]> {
  let query = db.selectFrom('message').select(COLUMNS).orderBy('changedAt', 'desc').orderBy('id', 'desc').limit(limit)
  if (campaignId) query = query.where('campaignId', '=', campaignId)
  if (words) query = query.where('searchKey', 'like', `%${fold(words).replace(/[\\%_]/g, '\\$&')}%`)
  if (before) query = query.where(sql<boolean>`(changed_at, id) < (${before.changedAt}, ${before.id}::uuid)`)
  return (await query.execute()).map(asMessage)
}

const VERSION = ['number', 'title', 'lead', 'body', 'callToAction', 'restoredFrom', 'editedBy', 'editedAt'] as const

export async function insertVersion(
  db: Db,
  messageId: Id<'message'>,
  version: MessageVersion & MasterWords,
): Promise<void> {
  await db
    .insertInto('messageVersion')
    .values({ ...version, messageId })
    .execute()
}

export async function versionOf(db: Db, messageId: Id<'message'>, number: number): Promise<MessageVersion | null> {
  const row = await db
    .selectFrom('messageVersion')
    .select(VERSION)
    .where('messageId', '=', messageId)
    .where('number', '=', number)
    .executeTakeFirst()
  return (row as MessageVersion | undefined) ?? null // editedBy as the table's foreign key keeps it
}

/** Newest first. */
export async function versionsOf(db: Db, messageId: Id<'message'>, limit = 200): Promise<MessageVersion[]> {
  const rows = await db
    .selectFrom('messageVersion')
    .select(VERSION)
    .where('messageId', '=', messageId)
    .orderBy('number', 'desc')
    .limit(limit)
    .execute()
  return rows as MessageVersion[] // as in versionOf
}

/** Which facts a message refers to, written anew. */
export async function setMessageFacts(db: Db, messageId: Id<'message'>, codes: readonly string[]): Promise<void> {
  await db.deleteFrom('messageFact').where('messageId', '=', messageId).execute()
  if (codes.length === 0) return
  await db
    .insertInto('messageFact')
    .values(codes.map((code) => ({ messageId, code })))
    .execute()
}

/** Messages that refer to a fact and may still go out. */
export async function messagesWithFact(db: Db, code: string): Promise<Id<'message'>[]> {
  const rows = await db
    .selectFrom('messageFact')
    .innerJoin('message', 'message.id', 'messageFact.messageId')
    .select('messageId')
    .where('code', '=', code)
    .where('withdrawnAt', 'is', null)
    .execute()
  return rows.map((row) => row.messageId as Id<'message'>)
}

function asMessage(row: Record<(typeof COLUMNS)[number], unknown>): Message {
  return row as unknown as Message // the checks of table `message` keep kind and ids what they say
}
