import { sentenceOf } from '#app/wording/words.ts'
import { Refusal, type Id } from '#core/kernel/index.ts'
import { mendText, pagesOf, planById, SURE, whyNotPlan } from '#core/plan/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const plan = await planById(ctx.db, params.id as Id<'plan'>)
  if (!plan) throw new Refusal('plan.not_found')
  const pages = await pagesOf(ctx.db, plan.id)
  const whyNot = (await mendText.whyNot(ctx, { planId: plan.id, text: '' })) ?? whyNotPlan(plan, 'mendText')
  return {
    plan: { id: plan.id, title: plan.title ?? plan.fileName, text: plan.text ?? '', mended: plan.machineText !== null },
    pages: pages.map(({ number, imageSha256, width, height, words }) => ({
      number,
      hasImage: imageSha256 !== null,
      width,
      height,
      doubtful: words
        .filter((word) => word.confidence < SURE)
        .map(({ text, box, confidence }) => ({ text, box, percent: Math.round(confidence * 100) })),
    })),
    whyNot: whyNot && sentenceOf(w, whyNot),
  }
}

export const actions: Actions = {
  default: act(mendText, {
    input: (data, { params }) => ({ planId: params.id ?? '', text: fieldOf(data, 'text') }),
    then: (_result, { params }) => `${paths.plan(params.id ?? '')}?done=plan_mended`,
  }),
}
