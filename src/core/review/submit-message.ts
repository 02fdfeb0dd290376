import * as v from 'valibot'
import {
  actingPerson,
  action,
  addDays,
  dayAt,
  idOf,
  newId,
  Refusal,
  refuseIf,
  type Ctx,
  type Id,
} from '../kernel/index.ts'
import {
  consentOf,
  contentHash,
  contentOf,
  isClean,
  lockMessage,
  messageById,
  standingOf,
  whyNotEdit,
  WRITERS,
  type Message,
  type Standing,
  type StoryConsent,
} from '../message/index.ts'
import { approvalOf, stepsFor, type Review, type ReviewStep } from './review.ts'
import { closeReview, insertParts, insertReview, lockOpenReview, reviewsOf, stepsOf } from './review.store.ts'

export const OneMessage = v.object({ messageId: idOf<'message'>() })

export async function authorOf(
  ctx: Ctx,
  { messageId }: { readonly messageId: Id<'message'> },
): Promise<Id<'organisation'> | null> {
  return (await messageById(ctx.db, messageId))?.organisationId ?? null
}

/** Puts a message before those who must agree, exactly as it stands. */
export const submitMessage = action('review.submit', {
  input: OneMessage,
  may: { who: 'roles', roles: WRITERS, within: authorOf },
  records: ({ messageId }, hash: string) => ({ subject: 'message', subjectId: messageId, facts: { hash } }),
  async run(ctx, { messageId }) {
    const message = await lockMessage(ctx.db, messageId)
    if (!message) throw new Refusal('message.not_found')
    const standing = await standingOf(ctx, message)
    refuseIf(whyNotSubmit(standing, await reviewsOf(ctx.db, messageId), await consentOf(ctx.db, messageId)))
    const channels = standing.renditions.map(({ rendition }) => rendition.channel)
    const steps = stepsFor(await stepsOf(ctx.db, message.kind), channels)
    if (steps.length === 0) throw new Refusal('review.no_steps')
    const open = await lockOpenReview(ctx.db, messageId)
    if (open) await closeReview(ctx.db, open.id, 'taken_back', ctx.clock.now())
    await openReview(ctx, message, standing, steps)
    return message.contentHash
  },
})

/** Why it cannot be submitted as it stands, the first reason first; null when it can. */
export function whyNotSubmit(
  standing: Standing,
  reviews: readonly Pick<Review, 'state' | 'contentHash'>[],
  consent: StoryConsent | null,
): Refusal | null {
  const { message, renditions } = standing
  const approval = approvalOf(message, reviews)
  if (approval === 'in_review' || approval === 'approved') return new Refusal(`review.is_${approval}`)
  return (
    whyNotEdit(message) ??
    (renditions.length === 0 ? new Refusal('review.no_rendition') : null) ??
    whyNotStory(message, renditions, consent) ??
    (isClean(standing) ? null : new Refusal('review.not_clean'))
  )
}

/** A survivor's story is blocked until its conditions hold. */
function whyNotStory(
  message: Message,
  renditions: Standing['renditions'],
  consent: StoryConsent | null,
): Refusal | null {
  if (message.kind !== 'story') return null
  if (!consent || consent.withdrawnOn !== null) return new Refusal('review.no_consent')
  const outside = renditions.find(({ rendition }) => !consent.channels.includes(rendition.channel))
  return outside ? new Refusal('review.outside_consent', { channel: outside.rendition.channel }) : null
}

async function openReview(ctx: Ctx, message: Message, standing: Standing, steps: readonly ReviewStep[]): Promise<void> {
  const content = contentOf(
    message,
    standing.renditions.map(({ rendition }) => rendition),
  )
  if (contentHash(content) !== message.contentHash) throw new Error(`Message ${message.id} was not settled`)
  const id = newId<'review'>()
  const today = dayAt(ctx.clock.now())
  await insertReview(ctx.db, {
    id,
    messageId: message.id,
    contentHash: message.contentHash,
    content,
    state: 'open',
    submittedBy: actingPerson(ctx),
    submittedAt: ctx.clock.now(),
    closedAt: null,
  })
  let dueOn = today
  const parts = []
  for (const [, level] of Map.groupBy(steps, (step) => step.ordinal)) {
    dueOn = addDays(dueOn, Math.max(...level.map((step) => step.days)))
    for (const { days: _days, channels: _channels, ...step } of level) parts.push({ ...step, dueOn })
  }
  await insertParts(ctx.db, id, parts)
}

/** Takes a message back from review, to be worked on. */
export const takeBackMessage = action('review.take_back', {
  input: OneMessage,
  may: { who: 'roles', roles: WRITERS, within: authorOf },
  records: ({ messageId }) => ({ subject: 'message', subjectId: messageId, facts: {} }),
  async run(ctx, { messageId }) {
    const open = await lockOpenReview(ctx.db, messageId)
    if (!open) throw new Refusal('review.closed')
    await closeReview(ctx.db, open.id, 'taken_back', ctx.clock.now())
  },
})
