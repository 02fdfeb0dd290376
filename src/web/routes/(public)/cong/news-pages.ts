import type { ArticleKey, Headline } from '#core/portal/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { withQuery } from '#web/paths.ts'

/** Where a list goes on and where it begins; null where it does not. */
export interface NewsPages {
  readonly first: string | null
  readonly older: string | null
}

/** Where this page of a list begins: after the article that stood last on the one before. */
export function keyIn(url: URL): ArticleKey | null {
  const id = givenId<'article'>(url.searchParams.get('id'))
  const at = new Date(url.searchParams.get('at') ?? '')
  return id && !Number.isNaN(at.getTime()) ? { id, publishedAt: at } : null
}

/** Of one more than a page holds: what it shows, and its neighbours. */
export function pageOf(url: URL, found: readonly Headline[], most: number) {
  const news = found.slice(0, most)
  const last = found.length > most ? news.at(-1) : undefined
  const pages: NewsPages = {
    first: keyIn(url) ? withQuery(url, { id: null, at: null }) : null,
    older: last ? withQuery(url, { id: last.id, at: last.publishedAt.toISOString() }) : null,
  }
  return { news, pages }
}
