import * as v from 'valibot'
import { action, idOf, Refusal, refuseIf, type Ctx, type Id } from '../kernel/index.ts'
import { setErased, subscriberById } from './subscriber.store.ts'
import { mayAskAgain, whyNotErase, type Subscriber } from './subscriber.ts'
import { clearConsent, endThose, subscriptionsOf } from './subscription.store.ts'
import { erasedHash } from './suppress.ts'

export interface EraseEffect {
  /** Lists they are a member of, or have asked for, and leave by it. */
  readonly lists: number
  /** Whether the keyed hash stays, so that nobody writes to them by mistake again. */
  readonly keepsHash: boolean
}

/** What erasing one would do; nothing is changed. */
export async function eraseEffect(ctx: Ctx, subscriber: Subscriber): Promise<EraseEffect> {
  const living = (await subscriptionsOf(ctx.db, subscriber.id)).filter(({ state }) => state !== 'ended')
  return { lists: living.length, keepsHash: keepsHash(subscriber) }
}

/** Erases the contact point and the wishes of one for good. That a row was sent, and a list had a member, stays as counts. */
export const eraseSubscriber = action('subscriber.erase', {
  input: v.object({ subscriberId: idOf<'subscriber'>() }),
  may: { who: 'roles', roles: ['administrator'] },
  records: ({ subscriberId }, lists: number) => ({ subject: 'subscriber', subjectId: subscriberId, facts: { lists } }),
  async run(ctx, { subscriberId }) {
    const subscriber = await subscriberOf(ctx, subscriberId)
    refuseIf(whyNotErase(subscriber))
    const now = ctx.clock.now()
    const lists = await endThose(ctx.db, subscriberId, null, now, 'erased')
    await clearConsent(ctx.db, subscriberId)
    await setErased(ctx.db, subscriberId, now, keepsHash(subscriber) ? null : erasedHash(subscriberId))
    return lists
  },
})

/** @throws Refusal `subscriber.not_found` */
export async function subscriberOf(ctx: Ctx, id: Id<'subscriber'> | null): Promise<Subscriber> {
  const subscriber = id && (await subscriberById(ctx.db, id))
  if (!subscriber) throw new Refusal('subscriber.not_found')
  return subscriber
}

function keepsHash(subscriber: Subscriber): boolean {
  return !mayAskAgain(subscriber)
}
