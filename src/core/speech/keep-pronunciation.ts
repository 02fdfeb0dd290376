import * as v from 'valibot'
import { actingPerson, action, idOf, newId, tidy } from '../kernel/index.ts'
import { LANGUAGE_TAG } from '../message/index.ts'
import { deletePronunciation, upsertPronunciation } from './pronunciation.store.ts'

const words = v.pipe(v.string(), v.transform(tidy), v.minLength(1), v.maxLength(100))
const may = { who: 'roles' as const, roles: ['campaign_officer', 'content_officer', 'reviewer'] as const }

/** Says how a word is read out; the same word again is corrected. */
export const keepPronunciation = action('speech.keep_pronunciation', {
  input: v.object({
    language: v.optional(v.pipe(v.string(), v.regex(LANGUAGE_TAG)), 'vi'),
    word: words,
    reading: words,
    note: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(500)), ''),
  }),
  may,
  records: ({ language, word }) => ({ subject: 'pronunciation', subjectId: null, facts: { language, word } }),
  async run(ctx, pronunciation) {
    const keptBy = actingPerson(ctx)
    const kept = { id: newId<'pronunciation'>(), keptBy, keptAt: ctx.clock.now() }
    await upsertPronunciation(ctx.db, { ...pronunciation, ...kept })
  },
})

export const dropPronunciation = action('speech.drop_pronunciation', {
  input: v.object({ pronunciationId: idOf<'pronunciation'>() }),
  may,
  records: ({ pronunciationId }) => ({ subject: 'pronunciation', subjectId: pronunciationId, facts: {} }),
  async run(ctx, { pronunciationId }) {
    await deletePronunciation(ctx.db, pronunciationId)
  },
})
