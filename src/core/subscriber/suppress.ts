import * as v from 'valibot'
import { action, newId, Refusal, type Ctx, type Id } from '../kernel/index.ts'
import { CONTACT_KINDS, hashOf, readContact, sealedFor, type ContactKind } from './contact.ts'
import { keepSubscriber, setSuppressed, subscriberByHash } from './subscriber.store.ts'

export const SUPPRESSION_REASONS = ['bounce', 'complaint', 'hand'] as const
/** Why nothing is sent any more: the address does not exist, its owner complained, or somebody asked for it. */
export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number]

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
  may: { who: 'roles', roles: ['administrator', 'campaign_officer'] },
  records: ({ reason }, id: Id<'subscriber'> | null) =>
    id ? { subject: 'subscriber', subjectId: id, facts: { reason } } : null,
  async run(ctx, { contactKind, contact, reason }) {
    const id = await known(ctx, contactKind, contact)
    return (await setSuppressed(ctx.db, id, ctx.clock.now(), reason)) ? id : null
  },
})

async function known(ctx: Ctx, contactKind: ContactKind, written: string): Promise<Id<'subscriber'>> {
  const contact = readContact(contactKind, written)
  if (!contact) throw new Refusal('subscriber.no_contact', {}, 'contact')
  const contactHash = await hashOf(ctx, contactKind, contact)
  const standing = await subscriberByHash(ctx.db, contactKind, contactHash)
  if (standing) return standing
  const id = newId<'subscriber'>()
  const contactSealed = await ctx.secrets.seal(contact, sealedFor(id))
  const createdAt = ctx.clock.now()
  return keepSubscriber(ctx.db, { id, contactKind, contactHash, contactSealed, language: null, createdAt })
}
