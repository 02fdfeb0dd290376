import * as v from 'valibot'
import { action, idOf, Refusal, type Ctx, type Id } from '../kernel/index.ts'
import { CONTACT_KINDS, readContact } from './contact.ts'
import { knowSubscriber } from './know-subscriber.ts'
import { setErased, setSuppressed, setUnsuppressed, subscriberById } from './subscriber.store.ts'
import { LIST_KEEPERS, SUPPRESSION_REASONS, type SuppressionReason } from './subscriber.ts'
import { endThose } from './subscription.store.ts'

const may = { who: 'roles' as const, roles: LIST_KEEPERS }

/**
 * Sends nothing to a contact point any more, whatever list it is on, known or not (ngừng gửi). Done twice it is done once.
 *
 * @throws Refusal `subscriber.no_contact` for what can be no contact point.
 */
export const suppress = action('subscriber.suppress', {
  input: v.object({
    contactKind: v.picklist(CONTACT_KINDS),
    contact: v.pipe(v.string(), v.maxLength(320)),
    reason: v.picklist(SUPPRESSION_REASONS),
  }),
  may,
  records: ({ reason }, id: Id<'subscriber'> | null) =>
    id ? { subject: 'subscriber', subjectId: id, facts: { reason } } : null,
  async run(ctx, { contactKind, contact, reason }) {
    const read = readContact(contactKind, contact)
    if (!read) throw new Refusal('subscriber.no_contact', {}, 'contact')
    const { id } = await knowSubscriber(ctx, contactKind, read, null)
    return (await stopSending(ctx, id, reason)).isNew ? id : null
  },
})

/** The same for a subscriber by their id, as when their mail comes back. */
export const suppressSubscriber = action('subscriber.suppress_one', {
  input: v.object({ subscriberId: idOf<'subscriber'>(), reason: v.picklist(SUPPRESSION_REASONS) }),
  may,
  records: ({ subscriberId, reason }, isNew: boolean) =>
    isNew ? { subject: 'subscriber', subjectId: subscriberId, facts: { reason } } : null,
  run: async (ctx, { subscriberId, reason }) => (await stopSending(ctx, subscriberId, reason)).isNew,
})

/** Whoever is not to be written to is a member of nothing: the counts of lists say who is reached. */
export async function stopSending(ctx: Ctx, id: Id<'subscriber'>, reason: SuppressionReason) {
  const now = ctx.clock.now()
  const isNew = await setSuppressed(ctx.db, id, now, reason)
  return { isNew, ended: await endThose(ctx.db, id, null, now, reason) }
}

/** Lets a contact point ask again; nothing that ended comes back by itself. */
export const liftSuppression = action('subscriber.lift', {
  input: v.object({ subscriberId: idOf<'subscriber'>() }),
  may,
  records: ({ subscriberId }) => ({ subject: 'subscriber', subjectId: subscriberId, facts: {} }),
  async run(ctx, { subscriberId }) {
    const subscriber = await subscriberById(ctx.db, subscriberId)
    if (!subscriber?.suppressedAt) throw new Refusal('subscriber.not_suppressed')
    await setUnsuppressed(ctx.db, subscriberId)
    // The hash of an erased one stood only to keep it from being written to.
    if (subscriber.erasedAt) await setErased(ctx.db, subscriberId, subscriber.erasedAt, erasedHash(subscriberId))
  },
})

/** What stands in the place of the hash of one who is erased: it finds nobody. */
export function erasedHash(id: Id<'subscriber'>): string {
  return `erased:${id}`
}
