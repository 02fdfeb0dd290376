import { Refusal } from '#core/kernel/index.ts'
import { campaignById } from '#core/plan/index.ts'
import { languagesUp } from '#core/portal/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import { shelfPage, themeLinks } from '../../shelf-page.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
  const id = givenId<'campaign'>(params.id)
  const where = { themeId: null, campaignId: id }
  // A campaign of which nothing was ever public is nobody's to know.
  const campaign = id && (await languagesUp(ctx.db, where)).length > 0 ? await campaignById(ctx.db, id) : null
  if (!campaign) throw new Refusal('portal.not_found')
  const shelf = await shelfPage(ctx, url, where)
  return { ...shelf, title: campaign.name, themes: await themeLinks(ctx, shelf.shownIn, campaign.id) }
}
