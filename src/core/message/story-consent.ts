import * as v from 'valibot'
import { CHANNELS, type ChannelKey } from '../channel/index.ts'
import { actingPerson, action, dayAt, DaySchema, newId, Refusal, type Day, type Id } from '../kernel/index.ts'
import { settleMessage } from './compose-renditions.ts'
import { recallEverywhere, RecallWords } from './recall.ts'
import { consentOf, endConsent, insertConsent } from './story-consent.store.ts'
import { updateMessage } from './message.store.ts'
import { authorOf, mayWrite, messageToChange, OneMessage } from './write-message.ts'

/** That a survivor agreed to have their story told. Who it is lies sealed and is shown to nobody here. */
export interface StoryConsent {
  readonly id: Id<'story_consent'>
  readonly messageId: Id<'message'>
  /** The name in the story, which is not theirs. */
  readonly pseudonym: string
  /** What was agreed, in words. */
  readonly scope: string
  readonly channels: readonly ChannelKey[]
  readonly ofChild: boolean
  readonly guardianAgreed: boolean
  /** A child of seven or more agrees too: Law on children 2016, article 21; Law 91/2025 on personal data. */
  readonly childAgreed: boolean
  readonly givenOn: Day
  readonly recordedBy: Id<'person'>
  readonly recordedAt: Date
  readonly withdrawnOn: Day | null
}

const words = (most: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(most))

const Consent = v.object({
  ...OneMessage.entries,
  /** Who agreed, and how to reach them: sealed at once, never in the record, in logs or in search. */
  who: words(1_000),
  pseudonym: words(60),
  scope: words(2_000),
  channels: v.pipe(v.array(v.picklist(CHANNELS)), v.minLength(1)),
  ofChild: v.optional(v.boolean(), false),
  underSeven: v.optional(v.boolean(), false),
  guardianAgreed: v.optional(v.boolean(), false),
  childAgreed: v.optional(v.boolean(), false),
  givenOn: DaySchema,
})

/** Records the consent without which a story cannot be submitted. */
export const recordConsent = action('message.record_consent', {
  input: Consent,
  may: mayWrite,
  records: ({ messageId }) => ({ subject: 'message', subjectId: messageId, facts: {} }),
  async run(ctx, { who, underSeven, ...consent }) {
    const message = await messageToChange(ctx, consent)
    if (message.kind !== 'story') throw new Refusal('message.not_a_story')
    if (consent.givenOn > dayAt(ctx.clock.now())) throw new Refusal('message.consent_later', {}, 'givenOn')
    if (consent.ofChild && !consent.guardianAgreed) throw new Refusal('message.consent_guardian', {}, 'guardianAgreed')
    if (consent.ofChild && !underSeven && !consent.childAgreed) {
      throw new Refusal('message.consent_child', {}, 'childAgreed')
    }
    if (who.includes(consent.pseudonym)) throw new Refusal('message.consent_pseudonym', {}, 'pseudonym')
    const recordedBy = actingPerson(ctx)
    if (!recordedBy) throw new Refusal('access.sign_in')
    if (await consentOf(ctx.db, message.id)) throw new Refusal('message.consent_stands')
    const id = newId<'story_consent'>()
    const sealed = await ctx.secrets.seal(who, `story_consent:${id}`)
    await insertConsent(ctx.db, { ...consent, id, sealed, recordedBy, recordedAt: ctx.clock.now() })
    await settleMessage(ctx, message, recordedBy)
  },
})

/** The survivor takes the consent back: the story is out of use at once, and everywhere it went must take it down. */
export const withdrawConsent = action('message.withdraw_consent', {
  input: v.object({
    ...OneMessage.entries,
    reason: v.pipe(v.string(), v.trim(), v.maxLength(2_000)),
    recall: RecallWords,
  }),
  may: { who: 'roles', roles: ['campaign_officer', 'content_officer', 'leader', 'reviewer'], within: authorOf },
  records: ({ messageId }, recalled: number) => ({ subject: 'message', subjectId: messageId, facts: { recalled } }),
  async run(ctx, { messageId, reason, recall }) {
    const message = await messageToChange(ctx, { messageId })
    if (!(await consentOf(ctx.db, messageId))) throw new Refusal('message.no_consent')
    await endConsent(ctx.db, messageId, dayAt(ctx.clock.now()), reason)
    await updateMessage(ctx.db, message.id, { withdrawnAt: ctx.clock.now(), withdrawnReason: 'consent' })
    return recallEverywhere(ctx, message, recall)
  },
})
