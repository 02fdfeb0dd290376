import { dropTerm, keepTerm, MESSAGE_LANGUAGES, termsOf } from '#core/message/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { languageWords } from '#web/lib/language-words.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w } }) => {
  const refusal = await keepTerm.whyNot(ctx, { language: 'en', source: '', approved: '', note: '' })
  return {
    terms: (await termsOf(ctx.db, null)).map((term) => ({ ...term, languageName: languageWords(w, term.language) })),
    languages: MESSAGE_LANGUAGES.filter(({ tag }) => tag !== 'vi').map(({ tag }) => ({
      value: tag,
      name: languageWords(w, tag),
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
