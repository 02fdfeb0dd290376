import type { Ctx } from '#core/kernel/index.ts'
import { LANGUAGE_TAG, languageOf } from '#core/message/index.ts'
import { campaignById } from '#core/plan/index.ts'
import { campaignsUp, headlinesOn, languagesUp, themesUp, type Shelf } from '#core/portal/index.ts'
import { paths } from '#web/paths.ts'
import { inLanguage } from './in-language.ts'
import { keyIn, pageOf } from './news-pages.ts'

const PER_PAGE = 20

/** In which language a public list is asked for. */
export function languageIn(url: URL): string {
  const asked = url.searchParams.get('in') ?? ''
  return LANGUAGE_TAG.test(asked) ? asked : 'vi'
}

/** A page of a list of articles, and in which languages it can be read. */
export async function shelfPage(ctx: Ctx, url: URL, where: Omit<Shelf, 'language'>) {
  const shownIn = languageIn(url)
  const [found, up] = await Promise.all([
    headlinesOn(ctx.db, { ...where, language: shownIn }, keyIn(url), PER_PAGE + 1),
    languagesUp(ctx.db, where),
  ])
  const tags = new Set(['vi', ...up])
  return {
    shownIn,
    ...pageOf(url, found, PER_PAGE),
    languages: [...tags].map((tag) => ({
      tag,
      name: languageOf(tag).ownName,
      href: inLanguage(url.pathname, tag),
      current: tag === shownIn,
    })),
  }
}

/** The themes that lead on from here. */
export async function themeLinks(ctx: Ctx, language: string, campaignId: Shelf['campaignId']) {
  const themes = await themesUp(ctx.db, language, campaignId)
  return themes.map(({ id, name }) => ({ href: inLanguage(paths.portalTheme(id), language), name: themeTitle(name) }))
}

export async function campaignLinks(ctx: Ctx, language: string) {
  const ids = await campaignsUp(ctx.db, language)
  const campaigns = await Promise.all(ids.map((id) => campaignById(ctx.db, id)))
  return campaigns
    .filter((campaign) => campaign !== null)
    .map(({ id, name }) => ({ href: inLanguage(paths.portalCampaign(id), language), name }))
}

/** A line of a plan as a heading: without the stop at its end. */
export function themeTitle(name: string): string {
  return name.replace(/[\s.;,]+$/u, '')
}
