import { dayAt, Refusal, type Id } from '#core/kernel/index.ts'
import { addItem, ITEM_KINDS, planById, registerOf, type ItemKind } from '#core/plan/index.ts'
import { act } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import { valueOf } from '../../../item-value.ts'
import type { Actions, PageServerLoad } from './$types.ts'

type Addable = Exclude<ItemKind, 'head'>

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
  const plan = await planById(ctx.db, params.id as Id<'plan'>)
  if (!plan) throw new Refusal('plan.not_found')
  return { plan: { id: plan.id, title: plan.title ?? plan.fileName }, kind: kindIn(url) }
}

export const actions: Actions = {
  default: act(addItem, {
    async input(data, { locals: { ctx }, params, url }) {
      const planId = (params.id ?? '') as Id<'plan'>
      const { organisations } = await registerOf(ctx.db)
      const day = (await planById(ctx.db, planId))?.issuedOn ?? dayAt(ctx.clock.now())
      const kind = kindIn(url)
      return { planId, kind, value: valueOf(data, kind, organisations, day) }
    },
    then: (id, { params }) => `${paths.plan(params.id ?? '')}#item-${id}`,
  }),
}

function kindIn(url: URL): Addable {
  const asked = url.searchParams.get('kind')
  const addable = ITEM_KINDS.filter((kind) => kind !== 'head')
  return addable.find((kind) => kind === asked) ?? 'duty'
}
