import * as v from 'valibot'
import { idOf, job, type Ctx, type Job } from '../kernel/index.ts'
import { outletsByIds } from '../outlet/index.ts'
import { contactOf } from './contacts-for.ts'
import { eraseSubscriber } from './erase-subscriber.ts'
import { confirmLink, memberLink, type Link } from './links.ts'
import { forgettable, subscriberById } from './subscriber.store.ts'
import { deleteAsked, subscriptionsOf } from './subscription.store.ts'

/** Days a link in a mail that asks for confirmation holds. */
export const CONFIRM_DAYS = 7
/** Days after which one who left every list is forgotten: long enough for mail that comes back late. */
export const FORGET_DAYS = 30
const DAY_MS = 24 * 3_600_000
const BATCH = 500

/** What is written to somebody who asked for lists; the words are of who sends it. */
export interface Confirmation {
  readonly contact: string
  readonly language: string | null
  /** Names of the lists that were asked for; none: they are on all of them already. */
  readonly lists: readonly string[]
  readonly confirmLink: Link
  /** Where they are a member already: the link by which they change their wishes. */
  readonly memberLink: Link | null
}

type SendConfirmation = (ctx: Ctx, confirmation: Confirmation) => Promise<void>
let sendConfirmation: SendConfirmation | null = null

/** Says what sends the mails that ask for confirmation; the app calls it once, where jobs are worked. It throws to be tried again. */
export function sendConfirmationsWith(given: SendConfirmation): void {
  sendConfirmation = given
}

const Asked = v.object({ subscriberId: idOf<'subscriber'>(), askedAt: v.pipe(v.string(), v.isoTimestamp()) })

/** Sends the mail with the one link. A later request takes its place: then this one has nothing to say. */
export const sendConfirmationJob: Job<typeof Asked> = job('subscriber.send_confirmation', {
  payload: Asked,
  retry: { times: 6, firstAfterSeconds: 15 },
  async run(ctx, { subscriberId, askedAt }) {
    if (!sendConfirmation) throw new Error('subscriber.send_confirmation runs where sendConfirmationsWith() was called')
    const subscriber = await subscriberById(ctx.db, subscriberId)
    const contact = subscriber && (await contactOf(ctx, subscriber))
    if (!contact) return
    const moment = new Date(askedAt)
    const all = await subscriptionsOf(ctx.db, subscriberId)
    const asked = all.filter((one) => one.state === 'asked' && one.askedAt.getTime() === moment.getTime())
    const member = all.find((one) => one.state === 'active')
    if (asked.length === 0 && !member) return
    const outlets = await outletsByIds(
      ctx.db,
      asked.map(({ outletId }) => outletId),
    )
    await sendConfirmation(ctx, {
      contact,
      language: subscriber.language,
      lists: [...outlets.values()].map(({ name }) => name),
      confirmLink: await confirmLink(ctx, subscriberId, moment),
      memberLink: member ? await memberLink(ctx, subscriberId, member.outletId) : null,
    })
  },
})

/** Forgets what was never confirmed and who left long ago; nobody has to ask for it. */
export const forgetSubscribersJob = job('subscriber.forget', {
  payload: v.object({}),
  every: '40 3 * * *',
  async run(ctx) {
    const now = ctx.clock.now().getTime()
    await deleteAsked(ctx.db, new Date(now - CONFIRM_DAYS * DAY_MS))
    for (;;) {
      const ids = await forgettable(ctx.db, new Date(now - FORGET_DAYS * DAY_MS), BATCH)
      for (const subscriberId of ids) await eraseSubscriber(ctx, { subscriberId })
      if (ids.length < BATCH) return
    }
  },
})
