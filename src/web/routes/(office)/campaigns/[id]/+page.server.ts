import { Refusal } from '#core/kernel/index.ts'
import { campaignById, linesOf, periodsOf, planById, themesOf } from '#core/plan/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
  const id = givenId<'campaign'>(params.id)
  const campaign = id && (await campaignById(ctx.db, id))
  if (!campaign) throw new Refusal('plan.not_found')
  const plan = await planById(ctx.db, campaign.planId)
  return {
    campaign,
    plan: plan && { id: plan.id, name: plan.notation ?? plan.title ?? plan.fileName },
    periods: await periodsOf(ctx.db, campaign.id),
    themes: await themesOf(ctx.db, campaign.id),
    lines: await linesOf(ctx.db, campaign.id),
  }
}
