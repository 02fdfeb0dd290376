import { sentenceOf } from '#app/wording/words.ts'
import { Refusal, type Id } from '#core/kernel/index.ts'
import { organisationNames } from '#core/organisation/index.ts'
import {
  campaignOfPlan,
  confirmPlan,
  dropItem,
  itemsOf,
  markRestRight,
  markRight,
  planById,
  readinessOf,
  SURE,
  whyNotConfirm,
  type Item,
} from '#core/plan/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals, params }) => {
  const { ctx, w } = locals
  const plan = await planById(ctx.db, params.id as Id<'plan'>)
  if (!plan) throw new Refusal('plan.not_found')
  const items = await itemsOf(ctx.db, plan.id)
  const readiness = readinessOf(items)
  const mayNot = await confirmPlan.whyNot(ctx, { planId: plan.id })
  const notReady = mayNot ?? whyNotConfirm(plan, readiness)
  const { reading, machineText: _machineText, ...shown } = plan
  const refused = plan.refusal ? new Refusal(plan.refusal, plan.refusalFacts) : null
  return {
    plan: { ...shown, refused: refused && sentenceOf(w, refused) },
    warnings: reading?.warnings ?? [],
    items: items.map((item) => ({ ...item, doubtful: item.confidence !== null && item.confidence < SURE })),
    readiness,
    names: Object.fromEntries(await organisationNames(ctx.db, codesIn(items))),
    campaign: await campaignOfPlan(ctx.db, plan.id),
    whyNotDecide: mayNot && sentenceOf(w, mayNot),
    whyNotConfirm: notReady && sentenceOf(w, notReady),
  }
}

function codesIn(items: readonly Item[]): string[] {
  const assignees = items.flatMap((item) =>
    item.kind === 'duty' ? [...item.value.assignees, ...(item.value.directs ?? [])] : [],
  )
  return [...new Set(assignees.flatMap(({ organisations }) => organisations))]
}

type Here = { readonly params: Partial<Record<string, string>> }

const oneItem = {
  input: (data: FormData, { params }: Here) => ({ planId: params.id ?? '', itemId: fieldOf(data, 'itemId') }),
  // Back to the item that was decided on, so that the next one is under the thumb.
  then: (item: Item, { params }: Here) => `${paths.plan(params.id ?? '')}#item-${item.id}`,
}

export const actions: Actions = {
  right: act(markRight, oneItem),
  drop: act(dropItem, oneItem),
  rest: act(markRestRight, { input: (_data, { params }) => ({ planId: params.id ?? '' }) }),
  confirm: act(confirmPlan, {
    input: (_data, { params }) => ({ planId: params.id ?? '' }),
    then: ({ campaignId }) => `${paths.campaign(campaignId)}?done=plan_confirmed`,
  }),
}
