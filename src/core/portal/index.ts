/**
 * Portal (cổng): what the public may read, exactly as it was approved, by language, theme and campaign. An address stays
 * and says when its article was corrected or taken down. `portalVersion` goes up with every change of what is public.
 */
export { articleById, articlesOf } from './article.store.ts'
export type { Article, Shelf, ShownHotline, Theme } from './article.ts'
export { hotlinesToday } from './hotlines-today.ts'
export {
  campaignsUp,
  entriesOn,
  goneFrom,
  headlinesOn,
  languagesUp,
  type ArticleKey,
  type Entry,
  type Headline,
} from './news.store.ts'
export { putUp } from './put-up.ts'
export { takeDown } from './take-down.ts'
export { themeById, themesOfArticle, themesUp } from './theme.store.ts'
export { PORTAL_RENEWED, portalVersion, readRenewed, type PortalVersion } from './version.store.ts'
