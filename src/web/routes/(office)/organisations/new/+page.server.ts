import { sentenceOf } from '#app/wording/words.ts'
import { addOrganisation, LEVELS, ORGANISATION_KINDS } from '#core/organisation/index.ts'
import { act } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, url }) => {
  const refusal = await addOrganisation.whyNot(ctx, { ...EMPTY, parent: url.searchParams.get('under') ?? '' })
  return {
    under: url.searchParams.get('under') ?? '',
    place: url.searchParams.get('place') ?? '',
    kinds: ORGANISATION_KINDS.map((kind) => ({ value: kind, name: w(`organisation_kind_${kind}`) })),
    levels: LEVELS.map((level) => ({ value: level, name: w(`level_${level}`) })),
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

const EMPTY = { code: '', name: '', aliases: '', kind: '', level: '', place: '', parent: '', alive_from: '', note: '' }

export const actions: Actions = {
  default: act(addOrganisation, { then: (code) => `${paths.organisation(code)}?done=organisation_added` }),
}
