import { campaignLinks, shelfPage, themeLinks } from './shelf-page.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const shelf = await shelfPage(ctx, url, { themeId: null, campaignId: null })
  return {
    ...shelf,
    themes: await themeLinks(ctx, shelf.shownIn, null),
    campaigns: await campaignLinks(ctx, shelf.shownIn),
  }
}
