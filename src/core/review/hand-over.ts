import * as v from 'valibot'
import { CHANNELS } from '../channel/index.ts'
import { actingPerson, action, dayAt, DaySchema, idOf, newId, Refusal } from '../kernel/index.ts'
import { insertHandover, lockMessage, renditionsOf, WRITERS, type Handover } from '../message/index.ts'
import { organisationsWhere } from '../organisation/index.ts'
import { approvalOf } from './review.ts'
import { reviewsOf } from './review.store.ts'
import { authorOf, OneMessage } from './submit-message.ts'

/** Notes that a body was given what is approved, by hand: a recall will reach it there. */
export const recordHandover = action('review.hand_over', {
  input: v.object({
    ...OneMessage.entries,
    channel: v.picklist(CHANNELS),
    organisationId: idOf<'organisation'>(),
    handedOn: DaySchema,
    note: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(1_000)), ''),
  }),
  may: { who: 'roles', roles: WRITERS, within: authorOf },
  records: ({ messageId, channel, organisationId }) => ({
    subject: 'message',
    subjectId: messageId,
    facts: { channel, organisation: organisationId },
  }),
  async run(ctx, { messageId, channel, ...given }) {
    const message = await lockMessage(ctx.db, messageId)
    if (!message) throw new Refusal('message.not_found')
    if (approvalOf(message, await reviewsOf(ctx.db, messageId)) !== 'approved') throw new Refusal('review.not_approved')
    const stands = (await renditionsOf(ctx.db, messageId)).some((rendition) => rendition.channel === channel)
    if (!stands) throw new Refusal('message.no_rendition', {}, 'channel')
    const [body] = await organisationsWhere(ctx.db, [given.organisationId])
    if (!body) throw new Refusal('organisation.not_found', { code: '' }, 'organisation')
    if (given.handedOn > dayAt(ctx.clock.now())) throw new Refusal('review.handed_later', {}, 'handedOn')
    const handover: Handover = {
      ...given,
      id: newId<'handover'>(),
      messageId,
      channel,
      contentHash: message.contentHash,
      recordedBy: actingPerson(ctx),
      recordedAt: ctx.clock.now(),
      recallTaskId: null,
    }
    await insertHandover(ctx.db, handover)
  },
})
