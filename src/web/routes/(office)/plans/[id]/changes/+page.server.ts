import { Refusal } from '#core/kernel/index.ts'
import {
  chargesOf,
  compareClauses,
  compareDuties,
  itemsOf,
  planById,
  registerOf,
  type ItemCharge,
} from '#core/plan/index.ts'
import { givenId } from '#web/lib/given-id.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
  const id = givenId<'plan'>(params.id)
  const plan = id && (await planById(ctx.db, id))
  const amended = plan?.amends ? await planById(ctx.db, plan.amends) : null
  if (!plan || !amended) throw new Refusal('plan.not_found')
  const [before, after] = [await itemsOf(ctx.db, amended.id), await itemsOf(ctx.db, plan.id)]
  const { organisations } = await registerOf(ctx.db)
  const names = new Map(organisations.map(({ code, name }) => [code, name]))
  const nameOf = (charge: ItemCharge) => names.get(charge.organisation) ?? charge.organisation
  const { same, changed, added, removed } = compareDuties(chargesOf(before), chargesOf(after))
  return {
    plan: { id: plan.id, name: plan.notation ?? plan.title ?? plan.fileName },
    amended: { id: amended.id, name: amended.notation ?? amended.title ?? amended.fileName },
    clauses: compareClauses(amended.reading?.clauses ?? [], plan.reading?.clauses ?? []),
    counts: { same: same.length, changed: changed.length, added: added.length, removed: removed.length },
    changed: grouped(
      changed,
      (pair) => `${pair.before.duty.text}\n${pair.after.duty.text}\n${pair.fields.join()}`,
      (pair) => nameOf(pair.after),
    ).map(({ first, bodies }) => ({
      bodies,
      before: wordsOf(first.before),
      after: wordsOf(first.after),
      fields: first.fields,
    })),
    added: charges(added, nameOf),
    removed: charges(removed, nameOf),
  }
}

function charges(of: readonly ItemCharge[], nameOf: (charge: ItemCharge) => string) {
  const groups = grouped(of, (charge) => `${charge.duty.clause}\n${charge.duty.text}`, nameOf)
  return groups.map(({ first, bodies }) => ({ bodies, words: wordsOf(first) }))
}

function wordsOf({ duty }: ItemCharge): string {
  return `${duty.clause} ${duty.text}`.trim()
}

/** What ninety-nine bodies are told alike stands once, with their names. */
function grouped<One>(all: readonly One[], keyOf: (one: One) => string, nameOf: (one: One) => string) {
  return [...Map.groupBy(all, keyOf).values()].flatMap((group) => {
    const [first] = group
    return first === undefined ? [] : [{ first, bodies: group.map(nameOf) }]
  })
}
