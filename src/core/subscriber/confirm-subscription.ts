import * as v from 'valibot'
import { action, Refusal, type Ctx, type Id } from '../kernel/index.ts'
import { memberLink, readConfirmLink, type Link } from './links.ts'
import { CONFIRM_DAYS } from './subscriber.jobs.ts'
import { setUnsuppressed, subscriberById } from './subscriber.store.ts'
import { mayAskAgain, type Subscription } from './subscriber.ts'
import { confirmAsked, subscriptionsOf } from './subscription.store.ts'

export interface AskedFor {
  readonly subscriberId: Id<'subscriber'>
  readonly askedAt: Date
  readonly subscriptions: readonly Subscription[]
}

/**
 * What a link of a mail that asks for confirmation stands for.
 *
 * @throws Refusal `subscriber.link_wrong`; `subscriber.link_old` after a week, and when a later request took its place.
 */
export async function askedBy(ctx: Ctx, link: Link): Promise<AskedFor> {
  const read = await readConfirmLink(ctx, link)
  if (!read) throw new Refusal('subscriber.link_wrong')
  const { subscriberId, askedAt } = read
  const subscriptions = (await subscriptionsOf(ctx.db, subscriberId)).filter(
    (one) => one.askedAt.getTime() === askedAt.getTime() && one.state !== 'ended',
  )
  const old = ctx.clock.now().getTime() - askedAt.getTime() > CONFIRM_DAYS * 24 * 3_600_000
  const waiting = subscriptions.some(({ state }) => state === 'asked')
  if (subscriptions.length === 0 || (old && waiting)) throw new Refusal('subscriber.link_old')
  return { subscriberId, askedAt, subscriptions }
}

/** The owner of an address confirms what was asked for in its name. Done twice it is done once; answers their own link. */
export const confirmSubscription = action('subscriber.confirm', {
  input: v.object({ link: v.pipe(v.string(), v.maxLength(200)) }),
  may: { who: 'anybody' },
  records: (_input, { id, lists }: { id: Id<'subscriber'>; lists: number; memberLink: Link }) =>
    lists > 0 ? { subject: 'subscriber', subjectId: id, facts: { lists } } : null,
  async run(ctx, { link }) {
    const { subscriberId, askedAt, subscriptions } = await askedBy(ctx, link)
    const subscriber = await subscriberById(ctx.db, subscriberId)
    const [first] = subscriptions
    if (!subscriber || subscriber.erasedAt || !first || !mayAskAgain(subscriber))
      throw new Refusal('subscriber.link_old')
    // Who reads our mail again has a mailbox again.
    if (subscriber.suppressedAt) await setUnsuppressed(ctx.db, subscriberId)
    const confirmed = await confirmAsked(ctx.db, subscriberId, askedAt, ctx.clock.now())
    return {
      id: subscriberId,
      lists: confirmed.length,
      memberLink: await memberLink(ctx, subscriberId, first.outletId),
    }
  },
})
