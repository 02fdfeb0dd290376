import { portalFeed } from '#app/portal-feed.ts'
import { Refusal } from '#core/kernel/index.ts'
import { languageOf } from '#core/message/index.ts'
import { themeById } from '#core/portal/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths, withQuery } from '#web/paths.ts'
import { inLanguage } from './in-language.ts'
import { languageIn, themeTitle } from './shelf-page.ts'

interface Asked {
  readonly locals: App.Locals
  readonly url: URL
}

/** What is up in a language, or of a theme in it, for those who follow it. */
export async function feedAnswer(kind: 'rss' | 'atom', { locals: { ctx, w }, url }: Asked): Promise<Response> {
  const language = languageIn(url)
  const id = givenId<'portal_theme'>(url.searchParams.get('theme'))
  const theme = id && (await themeById(ctx.db, id))
  if (id && !theme) throw new Refusal('portal.not_found')
  const whole = (path: string) => `${url.origin}${path}`
  const about = [theme && themeTitle(theme.name), w('portal_title'), languageOf(language).ownName]
  const self = { pathname: paths.portalFeed(kind), search: '' }
  const shelf = { language, themeId: theme?.id ?? null, campaignId: null }
  const { type, body } = await portalFeed(ctx, kind, shelf, {
    title: about.filter(Boolean).join(' – '),
    subtitle: w('portal_lead'),
    author: w('portal_brand'),
    self: whole(withQuery(self, { in: language, theme: theme?.id ?? null })),
    page: whole(inLanguage(theme ? paths.portalTheme(theme.id) : paths.portal, language)),
    addressOf: (article) => whole(paths.article(article)),
  })
  return new Response(body, { headers: { 'content-type': type } })
}
