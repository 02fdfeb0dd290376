/** Portal (cổng): what the public may read, exactly as it was approved; an address stays and says when it was taken down. */
export type { Article } from './article.ts'
export {
  articleById,
  articlesIn,
  languagesUp,
  publishArticle,
  translationsOf,
  withdrawArticles,
} from './article.store.ts'
