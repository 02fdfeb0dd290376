import { sentenceOf } from '#app/wording/words.ts'
import { Refusal } from '#core/kernel/index.ts'
import { amendOrganisation, endOrganisation, organisationRow } from '#core/organisation/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params: { code } }) => {
  const row = await organisationRow(ctx.db, code)
  if (!row) throw new Refusal('organisation.not_found', { code })
  const refusal = await amendOrganisation.whyNot(ctx, row)
  return { row, whyNot: refusal && sentenceOf(w, refusal) }
}

type Here = { readonly params: Partial<Record<string, string>> }
const here = (done: string) => (_result: unknown, event: Here) =>
  `${paths.organisation(event.params.code ?? '')}?done=${done}`

export const actions: Actions = {
  amend: act(amendOrganisation, {
    input: (data, { params }) => ({
      code: params.code ?? '',
      name: fieldOf(data, 'name'),
      aliases: fieldOf(data, 'aliases'),
      parent: fieldOf(data, 'parent'),
      note: fieldOf(data, 'note'),
    }),
    then: here('organisation_amended'),
  }),
  end: act(endOrganisation, {
    input: (data, { params }) => ({
      code: params.code ?? '',
      lastDay: fieldOf(data, 'lastDay'),
      successors: fieldOf(data, 'successors'),
    }),
    then: here('organisation_ended'),
  }),
}
