import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'
import type { Article } from './article.ts'

const COLUMNS = [
  'id',
  'messageId',
  'language',
  'releaseId',
  'title',
  'lead',
  'body',
  'callToAction',
  'publishedAt',
  'changedAt',
  'withdrawnAt',
] as const

/** Puts an article up, or what it says now in the place of what it said; its address and its day stay. */
export async function publishArticle(db: Db, article: Omit<Article, 'publishedAt' | 'withdrawnAt'>): Promise<void> {
  const { id, messageId, language, changedAt, ...words } = article
  await db
    .insertInto('portalArticle')
    .values({ ...words, id, messageId, language, changedAt, publishedAt: changedAt, withdrawnAt: null })
    .onConflict((clash) =>
      clash.columns(['messageId', 'language']).doUpdateSet({ ...words, changedAt, withdrawnAt: null }),
    )
    .execute()
}

/** Takes what a message says down, in all its languages. */
export async function withdrawArticles(db: Db, messageId: Id<'message'>, at: Date): Promise<void> {
  await db
    .updateTable('portalArticle')
    .set({ withdrawnAt: at, changedAt: at })
    .where('messageId', '=', messageId)
    .where('withdrawnAt', 'is', null)
    .execute()
}

export async function articleById(db: Db, id: Id<'article'>): Promise<Article | null> {
  const row = await db.selectFrom('portalArticle').select(COLUMNS).where('id', '=', id).executeTakeFirst()
  return (row as Article | undefined) ?? null // ids as publishArticle wrote them
}

/** The same message in its other languages. */
export async function translationsOf(db: Db, article: Article): Promise<{ id: string; language: string }[]> {
  return db
    .selectFrom('portalArticle')
    .select(['id', 'language'])
    .where('messageId', '=', article.messageId)
    .where('id', '<>', article.id)
    .where('withdrawnAt', 'is', null)
    .orderBy('language')
    .execute()
}

export interface ArticleKey {
  readonly publishedAt: Date
  readonly id: string
}

/** What is up in a language, newest first. */
export async function articlesIn(
  db: Db,
  language: string,
  before: ArticleKey | null,
  limit: number,
): Promise<Article[]> {
  let query = db
    .selectFrom('portalArticle')
    .select(COLUMNS)
    .where('language', '=', language)
    .where('withdrawnAt', 'is', null)
    .orderBy('publishedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (before) query = query.where(sql<boolean>`(published_at, id) < (${before.publishedAt}, ${before.id}::uuid)`)
  return (await query.execute()) as Article[] // ids as publishArticle wrote them
}

/** Languages in which anything is up. */
export async function languagesUp(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('portalArticle')
    .select('language')
    .distinct()
    .where('withdrawnAt', 'is', null)
    .orderBy('language')
    .execute()
  return rows.map(({ language }) => language)
}
