import { languageOf } from '#core/message/index.ts'
import { articlesIn, languagesUp } from '#core/portal/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { withQuery } from '#web/paths.ts'
import { hotlinesShown } from './hotlines-shown.ts'
import { keptFor } from './kept-for.ts'
import type { PageServerLoad } from './$types.ts'

const PER_PAGE = 20

export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
  setHeaders({ 'cache-control': keptFor(locals) })
  const { ctx } = locals
  const languages = await languagesUp(ctx.db)
  const asked = url.searchParams.get('in') ?? 'vi'
  const language = languages.includes(asked) ? asked : 'vi'
  const id = givenId(url.searchParams.get('id'))
  const at = new Date(url.searchParams.get('at') ?? '')
  const before = id && !Number.isNaN(at.getTime()) ? { id, publishedAt: at } : null
  const found = await articlesIn(ctx.db, language, before, PER_PAGE + 1)
  const shown = found.slice(0, PER_PAGE)
  const last = found.length > PER_PAGE ? shown.at(-1) : undefined
  return {
    language,
    languages: languages.map((tag) => ({ tag, name: languageOf(tag).ownName })),
    hotlines: await hotlinesShown(ctx),
    articles: shown.map(({ id: own, title, lead, publishedAt }) => ({ id: own, title, lead, publishedAt })),
    first: before ? withQuery(url, { id: null, at: null }) : null,
    next: last ? withQuery(url, { id: last.id, at: last.publishedAt.toISOString() }) : null,
  }
}
