import * as v from 'valibot'
import { action, idOf, Refusal, type Ctx } from '../kernel/index.ts'
import { outletsByIds } from '../outlet/index.ts'
import { CONTACT_KINDS, hashOf, readContact, type ContactKind } from './contact.ts'
import { contactOf } from './contacts-for.ts'
import { subscriberOf } from './erase-subscriber.ts'
import { subscriberByHash } from './subscriber.store.ts'
import { LIST_KEEPERS, type Subscriber } from './subscriber.ts'
import { subscriptionsOf } from './subscription.store.ts'

/** The subscriber of a contact point as somebody typed it. @throws Refusal `subscriber.no_contact`, `subscriber.not_found` */
export const findSubscriber = action('subscriber.find', {
  input: v.object({ contactKind: v.picklist(CONTACT_KINDS), contact: v.pipe(v.string(), v.maxLength(320)) }),
  may: { who: 'roles', roles: LIST_KEEPERS },
  records: () => null,
  run: (ctx, { contactKind, contact }) => find(ctx, contactKind, contact),
})

async function find(ctx: Ctx, kind: ContactKind, written: string): Promise<Subscriber> {
  const contact = readContact(kind, written)
  if (!contact) throw new Refusal('subscriber.no_contact', {}, 'contact')
  const found = await subscriberByHash(ctx.db, kind, await hashOf(ctx, kind, contact))
  if (!found) throw new Refusal('subscriber.not_found', {}, 'contact')
  return found
}

/** All that is held of one, to be handed to them; who asked for it is in the record. */
export const exportSubscriber = action('subscriber.export', {
  input: v.object({ subscriberId: idOf<'subscriber'>() }),
  may: { who: 'roles', roles: ['administrator'] },
  records: ({ subscriberId }) => ({ subject: 'subscriber', subjectId: subscriberId, facts: {} }),
  async run(ctx, { subscriberId }) {
    const subscriber = await subscriberOf(ctx, subscriberId)
    const subscriptions = await subscriptionsOf(ctx.db, subscriberId)
    const outlets = await outletsByIds(
      ctx.db,
      subscriptions.map(({ outletId }) => outletId),
    )
    const { contactSealed: _sealed, ...held } = subscriber
    return {
      ...held,
      contact: await contactOf(ctx, subscriber),
      subscriptions: subscriptions.map((one) => ({ ...one, list: outlets.get(one.outletId)?.name ?? '' })),
    }
  },
})
