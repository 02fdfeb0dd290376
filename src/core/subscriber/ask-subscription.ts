import * as v from 'valibot'
import { action, idOf, Refusal, type Ctx, type Id } from '../kernel/index.ts'
import { LANGUAGE_TAG } from '../message/index.ts'
import { hashOf, readContact } from './contact.ts'
import { knowSubscriber } from './know-subscriber.ts'
import { listsToChoose } from './list.ts'
import { insertRequest, requestsSince } from './request.store.ts'
import { sendConfirmationJob } from './subscriber.jobs.ts'
import { setLanguage } from './subscriber.store.ts'
import { mayAskAgain } from './subscriber.ts'
import { askFor } from './subscription.store.ts'

/** Wording key of what one agrees to. Another sentence gets another key: who agreed to this one did not agree to that. */
export const CONSENT_WORDS = 'subscribe_consent_1'

const HOUR_MS = 3_600_000
/** Mails that one address can be made to get in a day by whoever types it. */
const MAILS_A_DAY = 3
/** Requests from one address of the net in an hour: an office or a school shares one. */
const REQUESTS_AN_HOUR = 30

/**
 * Somebody asks to be sent a list by mail. Whoever it is and whatever we know of the address, the answer is the same; a
 * mail with one link follows, and without it nothing is sent. Neither a complaint nor a wish to be left alone is overruled.
 *
 * @throws Refusal `subscriber.no_contact`, `subscriber.no_list`, `subscriber.no_consent`, `subscriber.too_many`.
 */
export const askSubscription = action('subscriber.ask', {
  input: v.object({
    contact: v.pipe(v.string(), v.maxLength(320)),
    outletIds: v.pipe(v.array(idOf<'outlet'>()), v.maxLength(60)),
    language: v.nullable(v.pipe(v.string(), v.regex(LANGUAGE_TAG))),
    consents: v.boolean(),
    /** Where it came from, to count how often. */
    address: v.pipe(v.string(), v.maxLength(100)),
  }),
  may: { who: 'anybody' },
  records: (_input, asked: { id: Id<'subscriber'>; lists: number } | null) =>
    asked ? { subject: 'subscriber', subjectId: asked.id, facts: { lists: asked.lists } } : null,
  async run(ctx, { contact, outletIds, language, consents, address }) {
    const mail = readContact('mail', contact)
    if (!mail) throw new Refusal('subscriber.no_contact', {}, 'contact')
    const open = new Set((await listsToChoose(ctx)).map(({ outlet }) => outlet.id))
    const lists = [...new Set(outletIds)].filter((id) => open.has(id))
    if (lists.length === 0) throw new Refusal('subscriber.no_list', {}, 'lists')
    if (!consents) throw new Refusal('subscriber.no_consent', {}, 'consents')
    if (!(await mayMail(ctx, await hashOf(ctx, 'mail', mail), address))) return null
    const subscriber = await knowSubscriber(ctx, 'mail', mail, language)
    if (!mayAskAgain(subscriber) || subscriber.erasedAt) return null
    const askedAt = ctx.clock.now()
    const asked = await askFor(ctx.db, subscriber.id, lists, { askedAt, consentWords: CONSENT_WORDS })
    if (language !== null && asked > 0) await setLanguage(ctx.db, subscriber.id, language)
    await ctx.jobs.add(ctx.db, sendConfirmationJob, { subscriberId: subscriber.id, askedAt: askedAt.toISOString() })
    return { id: subscriber.id, lists: asked }
  },
})

/** Counts the request. False where the address of mail has had enough; whoever asks too often is told. */
async function mayMail(ctx: Ctx, contactHash: string, address: string): Promise<boolean> {
  const now = ctx.clock.now().getTime()
  const addressHash = await ctx.secrets.fingerprint(address, 'subscriber.address')
  const [hourAgo, dayAgo] = [new Date(now - HOUR_MS), new Date(now - 24 * HOUR_MS)]
  if ((await requestsSince(ctx.db, 'addressHash', addressHash, hourAgo)) >= REQUESTS_AN_HOUR) {
    throw new Refusal('subscriber.too_many', { minutes: 60 })
  }
  const mailed = await requestsSince(ctx.db, 'contactHash', contactHash, dayAgo)
  await insertRequest(ctx.db, { contactHash, addressHash }, new Date(now), dayAgo)
  return mailed < MAILS_A_DAY
}
