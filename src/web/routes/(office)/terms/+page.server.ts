import { dropTerm, keepTerm, MESSAGE_LANGUAGES, termsOf } from '#core/message/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w } }) => {
  const refusal = await keepTerm.whyNot(ctx, { language: 'en', source: '', approved: '', note: '' })
  const nameOf = (tag: string) => (w.has(`language_${tag}`) ? w(`language_${tag}`) : tag)
  return {
    terms: (await termsOf(ctx.db, null)).map((term) => ({ ...term, languageName: nameOf(term.language) })),
    languages: MESSAGE_LANGUAGES.filter(({ tag }) => tag !== 'vi').map(({ tag }) => ({
      value: tag,
      name: nameOf(tag),
    })),
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

export const actions: Actions = {
  keep: act(keepTerm, { then: () => '/terms?done=term_kept' }),
  drop: act(dropTerm, {
    input: (data) => ({ termId: fieldOf(data, 'termId') }),
    then: () => '/terms?done=term_dropped',
  }),
}
