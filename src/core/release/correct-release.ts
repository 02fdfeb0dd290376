import * as v from 'valibot'
import { actingPerson, action, idOf, newId, Refusal, refuseIf, type Ctx, type Id } from '../kernel/index.ts'
import { messageById } from '../message/index.ts'
import { approvalOf, approvedContent, reviewsOf } from '../review/index.ts'
import { planFollowing, restoreSuperseded } from './follow.store.ts'
import { NOT_YET, RELEASERS } from './propose-release.ts'
import { endExpansions } from './plan.store.ts'
import type { Way } from './reach.store.ts'
import { followersOf, insertRelease, lockRelease, releaseById, updateRelease } from './release.store.ts'
import type { Release } from './release.ts'
import { actorOf } from './actor-of.ts'
import { moveDeliveries } from './settle.store.ts'

/**
 * Proposes that the newly approved words of a message, or another approved message, take the place of what a release
 * brought: they go to exactly those who have the old words, and to those the old words had not left for yet. Another
 * person presses, as for any release.
 */
export const correctRelease = action('release.correct', {
  input: v.object({
    releaseId: idOf<'release'>(),
    /** The message that takes the place; the same one: a correction, another: a replacement. */
    messageId: idOf<'message'>(),
    /** What people at manual outlets are told to do with the old and the new. */
    words: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(4_000)),
    /** When it is no longer of use; left out: when the old one would not have been. */
    endsAt: v.optional(v.nullable(v.date())),
    /** What people are told when it is over; left out: what the old one would have told them. */
    wordsAtEnd: v.optional(v.nullable(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(4_000)))),
  }),
  may: {
    who: 'roles',
    roles: RELEASERS,
    within: async (ctx, { releaseId }) => (await releaseById(ctx.db, releaseId))?.organisationId ?? null,
  },
  records: ({ releaseId, messageId }, id: Id<'release'>) => ({
    subject: 'release',
    subjectId: id,
    facts: { of: releaseId, message: messageId },
  }),
  async run(ctx, { releaseId, messageId, words, ...end }) {
    const old = await lockRelease(ctx.db, releaseId)
    if (!old) throw new Refusal('release.not_found')
    const refusal = await whyNotFollow(ctx, old)
    if (refusal) throw refusal
    const message = await messageById(ctx.db, messageId)
    if (!message) throw new Refusal('message.not_found')
    if (approvalOf(message, await reviewsOf(ctx.db, messageId)) !== 'approved')
      throw new Refusal('release.not_approved', {}, 'messageId')
    if (message.contentHash === old.contentHash) throw new Refusal('release.same_words', {}, 'messageId')
    const content = await approvedContent(ctx.db, messageId, message.contentHash)
    const missing = old.channels.find((channel) => !content?.renditions.some((one) => one.channel === channel))
    if (missing) throw new Refusal('release.no_rendition', { channel: missing }, 'messageId')
    const now = ctx.clock.now()
    const endsAt = end.endsAt === undefined ? old.endsAt : end.endsAt
    if (endsAt !== null && endsAt <= now) throw new Refusal('release.ends_before', {}, 'endsAt')
    const release: Release = {
      ...old,
      ...NOT_YET,
      id: newId<'release'>(),
      messageId,
      contentHash: message.contentHash,
      kind: messageId === old.messageId ? 'correction' : 'replacement',
      ofReleaseId: old.id,
      // What is wrong should stand no longer than it must.
      lane: old.lane === 'emergency' ? 'emergency' : 'priority',
      startsAt: now,
      endsAt,
      // What stays up without an end is not taken down by itself.
      wordsAtEnd: endsAt === null ? null : end.wordsAtEnd === undefined ? old.wordsAtEnd : end.wordsAtEnd,
      words,
      waveCount: 1,
      waveMinutes: 0,
      state: 'proposed',
      proposedBy: actingPerson(ctx),
      proposedAt: now,
    }
    await insertRelease(ctx.db, release)
    return release.id
  },
})

/** Why nothing more may take the place of a release; null when something may. */
export async function whyNotFollow(ctx: Ctx, release: Release): Promise<Refusal | null> {
  return whyFollowed(release, await followersOf(ctx.db, release.id))
}

/** Why it may not be taken back; null when it may. What is only proposed to take its place stands in no way. */
export async function whyNotRecall(ctx: Ctx, release: Release): Promise<Refusal | null> {
  const followers = await followersOf(ctx.db, release.id)
  return whyFollowed(
    release,
    followers.filter(({ state }) => state === 'released'),
  )
}

function whyFollowed(release: Release, followers: readonly Release[]): Refusal | null {
  if (release.state !== 'released' || release.kind === 'recall') return new Refusal('release.not_running')
  if (followers.some(({ kind }) => kind === 'recall')) return new Refusal('release.is_recalled')
  return followers.length > 0 ? new Refusal('release.is_followed') : null
}

/** Stops what has not left of the old release for good, and writes the rows of the one that takes its place. */
export async function takePlace(ctx: Ctx, release: Release, ways: readonly Way[], from: Date): Promise<number> {
  const old = release.ofReleaseId && (await lockRelease(ctx.db, release.ofReleaseId))
  if (!old) throw new Refusal('release.not_found')
  refuseIf(await whyNotRecall(ctx, old))
  const now = ctx.clock.now()
  const to = { state: 'cancelled' as const, event: 'cancelled', reason: 'superseded', actor: actorOf(ctx.actor) }
  await moveDeliveries(ctx.db, { releaseId: old.id }, ['planned', 'due'], to, now)
  const { rows, lists } = await planFollowing(ctx.db, release, ways, from)
  await endExpansions(ctx.db, old.id, null, now)
  if (old.cancelledAt === null) await updateRelease(ctx.db, old.id, { cancelledAt: now, cancelledReason: 'superseded' })
  if (rows + lists === 0) throw new Refusal('release.nobody')
  return rows
}

/**
 * Gives a release back the place that another took and was undone from before anything of it left: what waited waits
 * again, and lists are gone on with. `undone` is as it stood before it was cancelled.
 */
export async function giveBackPlace(ctx: Ctx, undone: Release): Promise<void> {
  const { ofReleaseId, releasedAt } = undone
  const old = ofReleaseId && (await lockRelease(ctx.db, ofReleaseId))
  if (!old || releasedAt === null) return
  await restoreSuperseded(ctx.db, old.id, releasedAt, actorOf(ctx.actor), ctx.clock.now())
  const ended = old.cancelledReason === 'superseded' && old.cancelledAt?.getTime() === releasedAt.getTime()
  if (ended) await updateRelease(ctx.db, old.id, { cancelledAt: null, cancelledReason: null })
}
