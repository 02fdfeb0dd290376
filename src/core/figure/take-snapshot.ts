import * as v from 'valibot'
import { actingPerson, action, idOf, newId, tidy, type Id } from '../kernel/index.ts'
import { figures } from './figures.ts'
import { QuestionSchema } from './question.ts'
import { letWritersFinish, insertSnapshot } from './snapshot.store.ts'
import { keptOf } from './snapshot.ts'

/** Keeps a question with its answer as of this moment, so that it can be made again to the unit. */
export const takeSnapshot = action('figure.take_snapshot', {
  input: v.object({
    name: v.pipe(v.string(), v.transform(tidy), v.minLength(1), v.maxLength(200)),
    organisationId: idOf<'organisation'>(),
    question: QuestionSchema,
  }),
  may: {
    who: 'roles',
    roles: ['campaign_officer', 'leader', 'content_officer', 'field_officer'],
    within: (_ctx, { organisationId }) => organisationId,
  },
  records: ({ name }, id: Id<'figure_snapshot'>) => ({ subject: 'figure_snapshot', subjectId: id, facts: { name } }),
  async run(ctx, { name, organisationId, question }) {
    const asOf = question.asOf ?? ctx.clock.now()
    await letWritersFinish(ctx.db)
    const answer = keptOf(await figures(ctx.db, { ...question, asOf }))
    const id = newId<'figure_snapshot'>()
    const taken = { takenBy: actingPerson(ctx), takenAt: ctx.clock.now() }
    await insertSnapshot(ctx.db, {
      id,
      name,
      organisationId,
      question: { ...question, asOf: null },
      answer,
      asOf,
      ...taken,
    })
    return id
  },
})
