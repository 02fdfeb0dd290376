import { Refusal, type Id } from '#core/kernel/index.ts'
import { campaignById, linesOf, periodsOf, planById, themesOf } from '#core/plan/index.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
  const campaign = await campaignById(ctx.db, params.id as Id<'campaign'>)
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
