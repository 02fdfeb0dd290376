import { sql } from 'kysely'
import { newId, vietnamese, type Db, type Id } from '../kernel/index.ts'
import type { Theme } from './article.ts'

/** The themes of a campaign by these words; those that the public has not met yet are made. */
export async function themesNamed(
  db: Db,
  campaignId: Id<'campaign'>,
  names: readonly string[],
): Promise<Id<'portal_theme'>[]> {
  const ids: Id<'portal_theme'>[] = []
  for (const name of names) {
    const { rows } = await sql<{ id: Id<'portal_theme'> }>`
      insert into portal_theme (id, campaign_id, name) values (${newId()}, ${campaignId}, ${name})
      on conflict (campaign_id, md5(name)) do update set name = excluded.name returning id`.execute(db)
    ids.push(...rows.map(({ id }) => id))
  }
  return ids
}

/** Puts an article under these themes and no others. */
export async function setThemes(
  db: Db,
  articleId: Id<'article'>,
  themeIds: readonly Id<'portal_theme'>[],
): Promise<void> {
  await db.deleteFrom('portalArticleTheme').where('articleId', '=', articleId).execute()
  if (themeIds.length === 0) return
  await db
    .insertInto('portalArticleTheme')
    .values(themeIds.map((themeId) => ({ themeId, articleId })))
    .execute()
}

export async function themeById(db: Db, id: Id<'portal_theme'>): Promise<Theme | null> {
  const row = await db
    .selectFrom('portalTheme')
    .select(['id', 'campaignId', 'name'])
    .where('id', '=', id)
    .executeTakeFirst()
  return (row as Theme | undefined) ?? null // ids as themesNamed wrote them
}

/** Under which themes an article stands. */
export async function themesOfArticle(db: Db, id: Id<'article'>): Promise<Theme[]> {
  const rows = await db
    .selectFrom('portalArticleTheme')
    .innerJoin('portalTheme', 'portalTheme.id', 'portalArticleTheme.themeId')
    .select(['portalTheme.id', 'campaignId', 'name'])
    .where('articleId', '=', id)
    .orderBy(vietnamese('name'))
    .execute()
  return rows as Theme[] // as in themeById
}

/**
 * Themes under which anything is up in a language; of one campaign, or of all. A province has few; under each the first
 * article that is up is looked for, not all of them.
 */
export async function themesUp(db: Db, language: string, campaignId: Id<'campaign'> | null): Promise<Theme[]> {
  let query = db
    .selectFrom('portalTheme')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('portalArticleTheme')
          .innerJoin('portalArticle', 'portalArticle.id', 'portalArticleTheme.articleId')
          .select('articleId')
          .whereRef('themeId', '=', 'portalTheme.id')
          .where('language', '=', language)
          .where('withdrawnAt', 'is', null)
          .limit(1)
          .as('first'),
      (join) => join.onTrue(),
    )
    .select(['portalTheme.id', 'portalTheme.campaignId', 'name'])
    .orderBy(vietnamese('name'))
    .limit(100)
  if (campaignId) query = query.where('portalTheme.campaignId', '=', campaignId)
  return (await query.execute()) as Theme[] // as in themeById
}
