import { FACT_KINDS, factsOf, factsToVerify, stateOn } from '#core/fact/index.ts'
import { dayAt } from '#core/kernel/index.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const asked = url.searchParams.get('kind')
  const kind = FACT_KINDS.find((one) => one === asked) ?? null
  const today = dayAt(ctx.clock.now())
  const stale = url.searchParams.get('state') === 'unverified'
  const facts = stale ? await factsToVerify(ctx) : await factsOf(ctx.db, kind ? [kind] : FACT_KINDS)
  return { kind, stale, kinds: [...FACT_KINDS], facts: facts.map((fact) => ({ ...fact, state: stateOn(fact, today) })) }
}
