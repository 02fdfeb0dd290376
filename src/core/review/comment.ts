import * as v from 'valibot'
import { action, idOf, newId, Refusal, type Ctx, type Id } from '../kernel/index.ts'
import { insertComment, resolve } from './comment.store.ts'
import { OneMessage } from './submit-message.ts'

/** Says something about a passage of a message or of a rendition. */
export const makeComment = action('review.comment', {
  input: v.object({
    ...OneMessage.entries,
    /** `master`, or the id of a rendition. */
    subject: v.pipe(v.string(), v.maxLength(36)),
    field: v.optional(v.pipe(v.string(), v.maxLength(60)), ''),
    /** The words it is about, as they stood. */
    quote: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(500)), ''),
    words: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(4_000)),
  }),
  may: { who: 'signed_in' },
  records: ({ messageId }) => ({ subject: 'message', subjectId: messageId, facts: {} }),
  async run(ctx, comment) {
    const id = newId<'review_comment'>()
    await insertComment(ctx.db, { ...comment, id, madeBy: whoever(ctx), madeAt: ctx.clock.now() })
    return id
  },
})

/** The comment is dealt with. */
export const resolveComment = action('review.resolve_comment', {
  input: v.object({ ...OneMessage.entries, commentId: idOf<'review_comment'>() }),
  may: { who: 'signed_in' },
  records: ({ messageId }) => ({ subject: 'message', subjectId: messageId, facts: {} }),
  async run(ctx, { messageId, commentId }) {
    if (!(await resolve(ctx.db, messageId, commentId, whoever(ctx), ctx.clock.now()))) {
      throw new Refusal('review.no_comment')
    }
  },
})

function whoever(ctx: Ctx): Id<'person'> {
  if (ctx.actor.kind !== 'person') throw new Refusal('access.sign_in')
  return ctx.actor.personId
}
