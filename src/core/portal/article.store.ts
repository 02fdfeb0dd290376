import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'
import type { Article } from './article.ts'

const COLUMNS = [
  'id',
  'messageId',
  'language',
  'releaseId',
  'releasedAt',
  'campaignId',
  'title',
  'lead',
  'body',
  'callToAction',
  'recordingSha256',
  'publishedAt',
  'changedAt',
  'correctedAt',
  'withdrawnAt',
  'replacedBy',
] as const

/**
 * Lets one transaction at a time change what messages say on the portal: a row that comes late and the recall of it, or
 * the release after it, then see each other.
 */
export async function lockArticlesOf(db: Db, messageIds: readonly Id<'message'>[]): Promise<void> {
  // In one order, so that two never wait for each other.
  for (const id of [...messageIds].sort()) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`portal:${id}`}, 0))`.execute(db)
  }
}

export async function articlesOf(db: Db, messageId: Id<'message'>): Promise<Article[]> {
  const rows = await db
    .selectFrom('portalArticle')
    .select(COLUMNS)
    .where('messageId', '=', messageId)
    .orderBy('language')
    .execute()
  return rows as Article[] // ids as insertArticle wrote them
}

export async function articleById(db: Db, id: Id<'article'>): Promise<Article | null> {
  const row = await db.selectFrom('portalArticle').select(COLUMNS).where('id', '=', id).executeTakeFirst()
  return (row as Article | undefined) ?? null // as in articlesOf
}

export async function insertArticle(db: Db, article: Article): Promise<void> {
  await db.insertInto('portalArticle').values(article).execute()
}

export async function updateArticle(db: Db, id: Id<'article'>, change: Partial<Omit<Article, 'id'>>): Promise<void> {
  await db.updateTable('portalArticle').set(change).where('id', '=', id).execute()
}

/** Takes down what a release put up and no later one has put up again, in all its languages. */
export async function withdrawOfRelease(db: Db, releaseId: Id<'release'>, at: Date): Promise<void> {
  await db
    .updateTable('portalArticle')
    .set({ withdrawnAt: at, changedAt: at })
    .where('releaseId', '=', releaseId)
    .where('withdrawnAt', 'is', null)
    .execute()
}

/** Remembers for good that a release was taken back. */
export async function noteRecall(db: Db, releaseId: Id<'release'>, at: Date): Promise<void> {
  await db
    .insertInto('portalRecall')
    .values({ releaseId, at })
    .onConflict((clash) => clash.doNothing())
    .execute()
}

export async function isRecalled(db: Db, releaseId: Id<'release'>): Promise<boolean> {
  const row = await db.selectFrom('portalRecall').select('at').where('releaseId', '=', releaseId).executeTakeFirst()
  return row !== undefined
}
