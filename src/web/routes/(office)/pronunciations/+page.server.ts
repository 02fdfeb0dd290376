import {
  dropPronunciation,
  keepPronunciation,
  pronunciationPage,
  pronunciationsOf,
  saidWords,
  type PronunciationKey,
} from '#core/speech/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const ON_A_PAGE = 100

export const load: PageServerLoad = async ({ locals: { ctx, w }, url }) => {
  const refusal = await keepPronunciation.whyNot(ctx, { language: 'vi', word: '', reading: '', note: '' })
  const found = await pronunciationPage(ctx.db, keyOf(url.searchParams), ON_A_PAGE + 1)
  const shown = found.slice(0, ON_A_PAGE)
  const last = shown.at(-1)
  const tried = (url.searchParams.get('try') ?? '').slice(0, 1_000)
  return {
    pronunciations: shown,
    first: url.searchParams.has('after') ? paths.pronunciations : null,
    more:
      found.length > ON_A_PAGE && last
        ? `${paths.pronunciations}?after=${encodeURIComponent(last.word)}&id=${last.id}`
        : null,
    whyNot: refusal && sentenceOf(w, refusal),
    tried,
    said: tried === '' ? null : saidWords(tried, await pronunciationsOf(ctx.db, 'vi')),
  }
}

function keyOf(query: URLSearchParams): PronunciationKey | null {
  const [word, id] = [query.get('after'), query.get('id')]
  if (word === null || id === null || !/^[0-9a-f-]{36}$/.test(id)) return null
  return { word, id } as PronunciationKey // an id by its shape; one that is gone parts the rows all the same
}

export const actions: Actions = {
  keep: act(keepPronunciation, { then: () => `${paths.pronunciations}?done=pronunciation_kept` }),
  drop: act(dropPronunciation, {
    input: (data) => ({ pronunciationId: fieldOf(data, 'pronunciationId') }),
    then: () => `${paths.pronunciations}?done=pronunciation_dropped`,
  }),
}
