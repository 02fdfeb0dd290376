import { dayAt, Refusal, type Id } from '#core/kernel/index.ts'
import { correctItem, itemsOf, planById, registerOf } from '#core/plan/index.ts'
import { act } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import { typedOf } from '../../../item-form.ts'
import { valueOf } from '../../../item-value.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
  const planId = params.id as Id<'plan'>
  const [plan, items] = [await planById(ctx.db, planId), await itemsOf(ctx.db, planId)]
  const item = items.find(({ id }) => id === params.item)
  if (!plan || !item) throw new Refusal('plan.item_not_found')
  const { organisations } = await registerOf(ctx.db)
  const names = Object.fromEntries(organisations.map(({ code, name }) => [code, name]))
  const [from, to] = item.span ?? [0, 0]
  return {
    plan: { id: plan.id, title: plan.title ?? plan.fileName },
    item,
    values: typedOf(item.value, names),
    words: plan.text?.slice(from, to) ?? '',
  }
}

export const actions: Actions = {
  default: act(correctItem, {
    async input(data, { locals: { ctx }, params }) {
      const planId = (params.id ?? '') as Id<'plan'>
      const item = (await itemsOf(ctx.db, planId)).find(({ id }) => id === params.item)
      if (!item) throw new Refusal('plan.item_not_found')
      const { organisations } = await registerOf(ctx.db)
      const day = (await planById(ctx.db, planId))?.issuedOn ?? dayAt(ctx.clock.now())
      return { planId, itemId: item.id, value: valueOf(data, item.kind, organisations, day) }
    },
    then: (item, { params }) => `${paths.plan(params.id ?? '')}#item-${item.id}`,
  }),
}
