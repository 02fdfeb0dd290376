import * as v from 'valibot'
import { CHANNELS, MESSAGE_KINDS } from '../channel/index.ts'
import { action, newId, Refusal, ROLES } from '../kernel/index.ts'
import { ORGANISATION_KINDS } from '../organisation/index.ts'
import { replaceSteps } from './review.store.ts'
import { STEP_NAMES } from './review.ts'

/** Says who must agree to messages of a kind, in which order. Reviews that are open go on as they began. */
export const setSteps = action('review.set_steps', {
  input: v.object({
    messageKind: v.picklist(MESSAGE_KINDS),
    steps: v.pipe(
      v.array(
        v.object({
          ordinal: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(9)),
          name: v.picklist(STEP_NAMES),
          role: v.picklist(ROLES),
          organisationKinds: v.optional(v.array(v.picklist(ORGANISATION_KINDS)), []),
          channels: v.optional(v.array(v.picklist(CHANNELS)), []),
          days: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60)),
        }),
      ),
      v.minLength(1),
      v.maxLength(12),
    ),
  }),
  may: { who: 'roles', roles: ['administrator', 'leader'] },
  records: ({ messageKind, steps }) => ({
    subject: 'review_step',
    subjectId: null,
    facts: { kind: messageKind, steps: steps.map(({ ordinal, name }) => `${ordinal}:${name}`).join(' ') },
  }),
  async run(ctx, { messageKind, steps }) {
    const guarded = steps.some(
      ({ name, channels, organisationKinds }) =>
        name === 'survivor' && channels.length === 0 && organisationKinds.length > 0,
    )
    if (messageKind === 'story' && !guarded) throw new Refusal('review.no_survivor_step')
    // Else a message of another channel would be approved by nobody.
    if (steps.every(({ channels }) => channels.length > 0)) throw new Refusal('review.no_common_step')
    const rows = steps.map((step) => ({ ...step, id: newId<'review_step'>() }))
    await replaceSteps(ctx.db, messageKind, rows)
  },
})
