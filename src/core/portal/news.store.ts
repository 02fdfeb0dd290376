import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'
import type { Article, Shelf } from './article.ts'

/** An article as a list shows it. */
export type Headline = Pick<Article, 'id' | 'title' | 'lead' | 'publishedAt'>

/** Where a page of a list goes on: before this article in the order of publication. */
export interface ArticleKey {
  readonly publishedAt: Date
  readonly id: Id<'article'>
}

/** What is up on a shelf, newest first; without one article where its own page shows the others. */
export async function headlinesOn(
  db: Db,
  shelf: Shelf,
  before: ArticleKey | null,
  limit: number,
  but: Id<'article'> | null = null,
): Promise<Headline[]> {
  let query = up(db, shelf)
    .select(['portalArticle.id', 'title', 'lead', 'portalArticle.publishedAt'])
    .orderBy('portalArticle.publishedAt', 'desc')
    .orderBy('portalArticle.id', 'desc')
    .limit(limit)
  if (but) query = query.where('portalArticle.id', '<>', but)
  if (before) {
    const key = sql<boolean>`(portal_article.published_at, portal_article.id) < (${before.publishedAt}, ${before.id}::uuid)`
    query = query.where(key)
  }
  return (await query.execute()) as Headline[] // ids as insertArticle wrote them
}

/** An article as a feed tells of it. */
export type Entry = Headline & Pick<Article, 'body' | 'changedAt'>

/** What is up on a shelf, for those who follow it: last put up or corrected first, so that a correction reaches them. */
export async function entriesOn(db: Db, shelf: Shelf, limit: number): Promise<Entry[]> {
  const rows = await up(db, shelf)
    .select(['portalArticle.id', 'title', 'lead', 'body', 'publishedAt', 'changedAt'])
    .orderBy('changedAt', 'desc')
    .orderBy('portalArticle.id', 'desc')
    .limit(limit)
    .execute()
  return rows as Entry[] // as in headlinesOn
}

/** What was taken down from a shelf since a moment, the last first. */
export async function goneFrom(
  db: Db,
  shelf: Shelf,
  since: Date,
  limit: number,
): Promise<{ id: Id<'article'>; withdrawnAt: Date }[]> {
  const rows = await on(db, shelf)
    .select(['portalArticle.id', 'withdrawnAt'])
    .where('withdrawnAt', '>=', since)
    .orderBy('withdrawnAt', 'desc')
    .orderBy('portalArticle.id', 'desc')
    .limit(limit)
    .execute()
  return rows as { id: Id<'article'>; withdrawnAt: Date }[] // none is null by the condition
}

/** Languages in which anything is up; of one campaign or theme, or at all. Looks once a language, not once an article. */
export async function languagesUp(
  db: Db,
  { themeId, campaignId }: Omit<Shelf, 'language'> = { themeId: null, campaignId: null },
): Promise<string[]> {
  const next = (after: ReturnType<typeof sql>) => sql`(
    select portal_article.language from portal_article
    ${themeId ? sql`join portal_article_theme as put on put.article_id = portal_article.id and put.theme_id = ${themeId}` : sql``}
    where withdrawn_at is null and ${after}
    ${campaignId ? sql`and campaign_id = ${campaignId}` : sql``}
    order by portal_article.language limit 1)`
  const { rows } = await sql<{ language: string }>`
    with recursive found as (
      ${next(sql`true`)} union all select ${next(sql`portal_article.language > found.language`)} from found where language is not null
    ) select language from found where language is not null`.execute(db)
  return rows.map(({ language }) => language)
}

/** Campaigns of which anything is up in a language, the last published first. Looks once a campaign. */
export async function campaignsUp(db: Db, language: string): Promise<Id<'campaign'>[]> {
  const next = (after: ReturnType<typeof sql>) => sql`(
    select campaign_id, published_at from portal_article
    where withdrawn_at is null and language = ${language} and ${after}
    order by campaign_id, published_at desc limit 1)`
  const { rows } = await sql<{ campaignId: Id<'campaign'> }>`
    with recursive found as (
      ${next(sql`campaign_id is not null`)}
      union all
      select following.* from found cross join lateral ${next(sql`campaign_id > found.campaign_id`)} as following
    ) select campaign_id from found order by published_at desc limit 20`.execute(db)
  return rows.map(({ campaignId }) => campaignId)
}

function on(db: Db, { language, themeId, campaignId }: Shelf) {
  let query = db.selectFrom('portalArticle').where('portalArticle.language', '=', language)
  if (campaignId) query = query.where('campaignId', '=', campaignId)
  if (!themeId) return query
  return query.where('portalArticle.id', 'in', (eb) =>
    eb.selectFrom('portalArticleTheme').select('articleId').where('themeId', '=', themeId),
  )
}

function up(db: Db, shelf: Shelf) {
  return on(db, shelf).where('withdrawnAt', 'is', null)
}
