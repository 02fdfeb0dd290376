import { FACT_KINDS, factByCode, keepFact, type FactKind } from '#core/fact/index.ts'
import { Refusal } from '#core/kernel/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import { factOfForm, ownersFor } from '../fact-of-form.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w } }) => {
  const refusal = await keepFact.whyNot(ctx, {} as Parameters<typeof keepFact.whyNot>[1]) // who may depends on roles alone
  return {
    kinds: FACT_KINDS.map((kind) => ({ value: kind, name: w(`fact_kind_${kind}`) })),
    owners: await ownersFor(ctx, null),
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

export const actions: Actions = {
  default: act(keepFact, {
    input: async (data, { locals: { ctx } }) => {
      const code = fieldOf(data, 'code').trim()
      if (await factByCode(ctx.db, code)) throw new Refusal('fact.code_taken', { code }, 'code')
      // The action's own schema refuses a kind that is none.
      return { ...(await factOfForm(ctx, data)), code, kind: fieldOf(data, 'kind') as FactKind }
    },
    then: () => `${paths.facts}?done=fact_kept`,
  }),
}
