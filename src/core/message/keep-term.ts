import * as v from 'valibot'
import { actingPerson, action, idOf, newId, tidy } from '../kernel/index.ts'
import { LANGUAGE_TAG } from './spoken-languages.ts'
import { deleteTerm, upsertTerm } from './term.store.ts'

const words = v.pipe(v.string(), v.transform(tidy), v.minLength(1), v.maxLength(200))
const may = { who: 'roles' as const, roles: ['campaign_officer', 'content_officer', 'reviewer'] as const }

/** Says which word of a language is approved for a Vietnamese one; the same word again is corrected. */
export const keepTerm = action('message.keep_term', {
  input: v.object({
    language: v.pipe(v.string(), v.regex(LANGUAGE_TAG)),
    source: words,
    approved: words,
    note: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(500)), ''),
  }),
  may,
  records: ({ language, source }) => ({ subject: 'term', subjectId: null, facts: { language, source } }),
  async run(ctx, term) {
    await upsertTerm(ctx.db, { ...term, id: newId<'term'>(), keptBy: actingPerson(ctx), keptAt: ctx.clock.now() })
  },
})

export const dropTerm = action('message.drop_term', {
  input: v.object({ termId: idOf<'term'>() }),
  may,
  records: ({ termId }) => ({ subject: 'term', subjectId: termId, facts: {} }),
  async run(ctx, { termId }) {
    await deleteTerm(ctx.db, termId)
  },
})
