import { Refusal, type Id } from '#core/kernel/index.ts'
import { chargesOf, compareDuties, itemsOf, planById, registerOf } from '#core/plan/index.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
  const plan = await planById(ctx.db, params.id as Id<'plan'>)
  const amended = plan?.amends ? await planById(ctx.db, plan.amends) : null
  if (!plan || !amended) throw new Refusal('plan.not_found')
  const [before, after] = [await itemsOf(ctx.db, amended.id), await itemsOf(ctx.db, plan.id)]
  const { organisations } = await registerOf(ctx.db)
  const names = new Map(organisations.map(({ code, name }) => [code, name]))
  const { same, changed, added, removed } = compareDuties(chargesOf(before), chargesOf(after))
  const shown = (charge: { organisation: string; duty: { clause: string; text: string } }) => ({
    name: names.get(charge.organisation) ?? charge.organisation,
    clause: charge.duty.clause,
    text: charge.duty.text,
  })
  return {
    plan: { id: plan.id, name: plan.notation ?? plan.title ?? plan.fileName },
    amended: { id: amended.id, name: amended.notation ?? amended.title ?? amended.fileName },
    same: same.length,
    changed: changed.map((pair) => ({ before: shown(pair.before), after: shown(pair.after), fields: pair.fields })),
    added: added.map(shown),
    removed: removed.map(shown),
  }
}
