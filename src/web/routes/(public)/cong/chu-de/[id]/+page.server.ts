import { Refusal } from '#core/kernel/index.ts'
import { campaignById } from '#core/plan/index.ts'
import { themeById } from '#core/portal/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths } from '#web/paths.ts'
import { inLanguage } from '../../in-language.ts'
import { shelfPage, themeLinks, themeTitle } from '../../shelf-page.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
  const id = givenId<'portal_theme'>(params.id)
  const theme = id && (await themeById(ctx.db, id))
  const campaign = theme && (await campaignById(ctx.db, theme.campaignId))
  if (!theme || !campaign) throw new Refusal('portal.not_found')
  const shelf = await shelfPage(ctx, url, { themeId: theme.id, campaignId: null })
  const links = await themeLinks(ctx, shelf.shownIn, campaign.id)
  return {
    ...shelf,
    shownTheme: theme.id as string,
    title: themeTitle(theme.name),
    campaign: { href: inLanguage(paths.portalCampaign(campaign.id), shelf.shownIn), name: campaign.name },
    themes: links.filter(({ href }) => !href.startsWith(url.pathname)),
  }
}
