import * as v from 'valibot'
import { action, type Id } from '../kernel/index.ts'
import { CONTACT_KINDS, hashOf, readContact } from './contact.ts'
import { subscriberByHash } from './subscriber.store.ts'
import { endThose } from './subscription.store.ts'

/**
 * Ends all that a contact point is subscribed to, as when its owner answers STOP or HUY; of one that nobody knows it
 * changes nothing. Answers how many lists it left.
 */
export const endSubscriptions = action('subscriber.end', {
  input: v.object({
    contactKind: v.picklist(CONTACT_KINDS),
    contact: v.pipe(v.string(), v.maxLength(320)),
    /** What ended them, as `stop_word`; worded under `subscriber_ended_<reason>`. */
    reason: v.picklist(['stop_word', 'one_tap', 'hand']),
  }),
  may: { who: 'system' },
  records: ({ reason }, { id, ended }: { id: Id<'subscriber'> | null; ended: number }) =>
    ended > 0 ? { subject: 'subscriber', subjectId: id, facts: { reason, ended } } : null,
  async run(ctx, { contactKind, contact, reason }) {
    const read = readContact(contactKind, contact)
    const known = read && (await subscriberByHash(ctx.db, contactKind, await hashOf(ctx, contactKind, read)))
    if (!known) return { id: null, ended: 0 }
    return { id: known.id, ended: await endThose(ctx.db, known.id, null, ctx.clock.now(), reason) }
  },
})
