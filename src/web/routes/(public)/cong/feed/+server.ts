import { languageOf } from '#core/message/index.ts'
import { articlesIn } from '#core/portal/index.ts'
import { paths } from '#web/paths.ts'
import type { RequestHandler } from './$types.ts'

const NEWEST = 50
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** What is up in a language, as RSS 2.0 (www.rssboard.org/rss-specification). */
export const GET: RequestHandler = async ({ locals: { ctx, w }, url }) => {
  const asked = url.searchParams.get('in') ?? 'vi'
  const language = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(asked) ? asked : 'vi'
  const articles = await articlesIn(ctx.db, language, null, NEWEST)
  const items = articles.map(({ id, title, lead, publishedAt }) =>
    element(
      'item',
      element('title', escaped(title)) +
        element('link', escaped(`${url.origin}${paths.article(id)}`)) +
        `<guid isPermaLink="true">${escaped(`${url.origin}${paths.article(id)}`)}</guid>` +
        element('pubDate', publishedAt.toUTCString()) +
        element('description', escaped(lead)),
    ),
  )
  const head =
    element('title', escaped(w('portal_title'))) +
    element('link', escaped(`${url.origin}${paths.portal}?in=${language}`)) +
    element('description', escaped(`${w('portal_lead')} ${languageOf(language).ownName}`)) +
    element('language', language)
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0">${element('channel', head + items.join(''))}</rss>\n`
  return new Response(xml, {
    headers: { 'content-type': 'application/rss+xml; charset=utf-8', 'cache-control': 'public, max-age=30' },
  })
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`
}

/** What XML reads as words; control letters that it does not know are left out (XML 1.0 §2.2). */
function escaped(words: string): string {
  return [...words]
    .filter((letter) => letter >= ' ' || letter === '\n' || letter === '\t')
    .join('')
    .replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? '')
}
