import { json } from '@sveltejs/kit'
import * as v from 'valibot'
import { sentenceOf } from '#app/wording/words.ts'
import { sendActivity } from '#core/evidence/index.ts'
import { InputRefusal, Refusal } from '#core/kernel/index.ts'
import { statusOf } from '#web/forms/refused.ts'
import { paths } from '#web/paths.ts'
import { activityOfForm } from '../../proof-form/proof-of-form.ts'
import { wordsAtEnd } from '../../proof-form/words-at-end.ts'
import type { RequestHandler } from './$types.ts'

const Queued = v.object({
  /** Whose it is: several people may share one phone. */
  personId: v.string(),
  /** The fields of the form, as it stood when it was sent. */
  entries: v.pipe(v.array(v.tuple([v.string(), v.string()])), v.maxLength(300)),
  expects: v.array(v.any()),
  madeAt: v.nullish(v.string(), null),
})

/** Takes in an activity from the queue of a device: the plain form's fields, and which files will follow. Called by `proof-queue.js`. */
export const POST: RequestHandler = async ({ locals: { ctx, w, person }, request }) => {
  try {
    const queued = v.safeParse(Queued, await request.json())
    if (!queued.success) throw new Refusal('input.other')
    const { personId, entries, expects, madeAt } = queued.output
    if (personId !== person?.id) throw new Refusal('evidence.other_person')
    const data = new FormData()
    for (const [name, value] of entries) data.append(name, value)
    const made = new Date(madeAt ?? '')
    const given = await activityOfForm(ctx, data)
    const { activityId, isNew } = await sendActivity(ctx, {
      ...given,
      wordsAtEnd: (await wordsAtEnd(ctx, w))[given.kind] ?? '',
      // The action's own schema checks every one of them.
      expects,
      through: 'queue',
      madeAt: Number.isNaN(made.getTime()) ? null : made,
    })
    return json({ activityId, isNew, path: paths.activity(activityId) })
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    const first = thrown instanceof InputRefusal ? (thrown.problems[0] ?? thrown) : thrown
    return json({ refused: sentenceOf(w, first), code: first.code, field: first.field }, { status: statusOf(first) })
  }
}
