import { keepFact } from '#core/fact/index.ts'
import { messagesWithFact } from '#core/message/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import { factOf, factOfForm, ownersFor } from '../../fact-of-form.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const fact = await factOf(ctx, params.code)
  const refusal = await keepFact.whyNot(ctx, fact)
  return {
    fact,
    owners: await ownersFor(ctx, fact.ownerId),
    messages: (await messagesWithFact(ctx.db, fact.code)).length,
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

export const actions: Actions = {
  default: act(keepFact, {
    input: async (data, { locals: { ctx }, params }) => {
      const { code, kind, issuedOn } = await factOf(ctx, params.code)
      // What is corrected is new to everybody: it must be verified again.
      return { ...(await factOfForm(ctx, data)), code, kind, issuedOn, verifiedOn: null, verifiedBy: null }
    },
    then: (_result, { params }) => `${paths.fact(params.code ?? '')}?done=fact_kept`,
  }),
}
