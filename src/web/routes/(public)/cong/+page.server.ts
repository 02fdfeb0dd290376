import { campaignLinks, languageIn, shelfPage, themeLinks } from './shelf-page.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const language = languageIn(url)
  const [shelf, themes, campaigns] = await Promise.all([
    shelfPage(ctx, url, { themeId: null, campaignId: null }),
    themeLinks(ctx, language, null),
    campaignLinks(ctx, language),
  ])
  return { ...shelf, themes, campaigns }
}
