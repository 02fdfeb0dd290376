import * as v from 'valibot'
import { action, Refusal, type Ctx, type Id } from '../kernel/index.ts'
import { LANGUAGE_TAG } from '../message/index.ts'
import { readMemberLink, type Link } from './links.ts'
import { setLanguage, subscriberById } from './subscriber.store.ts'
import type { Subscriber, Subscription } from './subscriber.ts'
import { endThose, subscriptionsOf } from './subscription.store.ts'

export interface Membership {
  readonly subscriber: Subscriber
  /** The list that the mail with the link came from. */
  readonly outletId: Id<'outlet'>
  readonly subscriptions: readonly Subscription[]
}

/** Whose link it is, and what they are subscribed to. @throws Refusal `subscriber.link_wrong` */
export async function membershipBy(ctx: Ctx, link: Link): Promise<Membership> {
  const read = await readMemberLink(ctx, link)
  const subscriber = read && (await subscriberById(ctx.db, read.subscriberId))
  if (!subscriber || subscriber.erasedAt) throw new Refusal('subscriber.link_wrong')
  return { subscriber, outletId: read.outletId, subscriptions: await subscriptionsOf(ctx.db, subscriber.id) }
}

const LinkSchema = v.pipe(v.string(), v.maxLength(200))

/** Leaves the list that a mail came from, or all of them: at once, without a reason, done twice done once. */
export const leaveList = action('subscriber.leave', {
  input: v.object({ link: LinkSchema, all: v.boolean() }),
  may: { who: 'anybody' },
  records: (_input, { id, ended }: { id: Id<'subscriber'>; ended: number }) =>
    ended > 0 ? { subject: 'subscriber', subjectId: id, facts: { ended } } : null,
  async run(ctx, { link, all }) {
    const { subscriber, outletId } = await membershipBy(ctx, link)
    const ended = await endThose(ctx.db, subscriber.id, all ? null : outletId, ctx.clock.now(), 'one_tap')
    return { id: subscriber.id, ended }
  },
})

/** In which language one wants to be written to, where a message has it. */
export const chooseLanguage = action('subscriber.choose_language', {
  input: v.object({ link: LinkSchema, language: v.pipe(v.string(), v.regex(LANGUAGE_TAG)) }),
  may: { who: 'anybody' },
  records: ({ language }, id: Id<'subscriber'>) => ({ subject: 'subscriber', subjectId: id, facts: { language } }),
  async run(ctx, { link, language }) {
    const { subscriber } = await membershipBy(ctx, link)
    await setLanguage(ctx.db, subscriber.id, language)
    return subscriber.id
  },
})
