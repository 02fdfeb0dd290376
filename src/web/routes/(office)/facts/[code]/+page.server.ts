import { sentenceOf } from '#app/wording/words.ts'
import { factByCode, stateOn, verificationDue, verifyFact } from '#core/fact/index.ts'
import { dayAt, Refusal } from '#core/kernel/index.ts'
import { organisationsWhere } from '#core/organisation/index.ts'
import { act } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const fact = await factByCode(ctx.db, params.code)
  if (!fact) throw new Refusal('fact.not_found', { code: params.code })
  const whyNot = await verifyFact.whyNot(ctx, { code: fact.code })
  const successor = fact.replacedBy ? await factByCode(ctx.db, fact.replacedBy) : null
  const [owner] = fact.ownerId ? await organisationsWhere(ctx.db, [fact.ownerId]) : []
  return {
    fact,
    state: stateOn(fact, dayAt(ctx.clock.now())),
    due: verificationDue(fact),
    owner: owner?.name ?? null,
    successor: successor && { code: successor.code, name: successor.name },
    whyNot: whyNot && sentenceOf(w, whyNot),
  }
}

export const actions: Actions = {
  default: act(verifyFact, {
    input: (_data, { params }) => ({ code: params.code ?? '' }),
    then: (_result, { params }) => `${paths.fact(params.code ?? '')}?done=fact_verified`,
  }),
}
