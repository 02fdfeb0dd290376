import * as v from 'valibot'
import { actingPerson, action, idOf, newId, Refusal, refuseIf, type Ctx } from '../kernel/index.ts'
import { whenMessageWithdrawn } from '../message/index.ts'
import { actorOf } from './actor-of.ts'
import type { ChannelKey } from '../channel/index.ts'
import { giveBackPlace, whyNotRecall } from './correct-release.ts'
import { deliveryById } from './delivery.store.ts'
import { planRecall } from './follow.store.ts'
import { endExpansions } from './plan.store.ts'
import { aboutRelease, mayRelease, OneRelease } from './press-release.ts'
import { NOT_YET } from './propose-release.ts'
import { insertRelease, lockRelease, standingReleases, updateRelease } from './release.store.ts'
import type { Release } from './release.ts'
import { moveDeliveries } from './settle.store.ts'

const reason = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2_000))

/** Takes a proposal back, or cancels every row that has not left yet, exactly; what has left stays as it is. */
export const cancelRelease = action('release.cancel', {
  input: v.object({ ...OneRelease.entries, reason }),
  may: mayRelease,
  records: ({ releaseId }, count: number) => aboutRelease(releaseId, count),
  async run(ctx, { releaseId, reason: why }): Promise<number> {
    const release = await lockRelease(ctx.db, releaseId)
    if (!release) throw new Refusal('release.not_found')
    if (release.cancelledAt !== null || release.state === 'dropped') throw new Refusal('release.is_cancelled')
    const now = ctx.clock.now()
    const cancelled = { cancelledAt: now, cancelledReason: why }
    if (release.state === 'proposed') {
      await updateRelease(ctx.db, releaseId, { ...cancelled, state: 'dropped' })
      return 0
    }
    // Within its minute nothing has left: what took the place of another release gives it back.
    const undone = release.ofReleaseId !== null && release.undoUntil !== null && now < release.undoUntil
    await updateRelease(ctx.db, releaseId, undone ? { ...cancelled, state: 'dropped' } : cancelled)
    await endExpansions(ctx.db, releaseId, null, now)
    const to = { state: 'cancelled' as const, event: 'cancelled', reason: why, actor: actorOf(ctx.actor) }
    const count = await moveDeliveries(ctx.db, { releaseId }, ['planned', 'due'], to, now)
    if (undone) await giveBackPlace(ctx, release)
    return count
  },
})

/** Lets no further row leave until it is taken up again; rows already claimed come to their end. */
export const pauseRelease = action('release.pause', {
  input: OneRelease,
  may: mayRelease,
  records: ({ releaseId }) => ({ subject: 'release', subjectId: releaseId, facts: {} }),
  async run(ctx, { releaseId }) {
    const release = await lockRelease(ctx.db, releaseId)
    if (release?.state !== 'released' || release.cancelledAt !== null) throw new Refusal('release.not_running')
    await updateRelease(ctx.db, releaseId, { pausedAt: ctx.clock.now() })
  },
})

export const resumeRelease = action('release.resume', {
  input: OneRelease,
  may: mayRelease,
  records: ({ releaseId }) => ({ subject: 'release', subjectId: releaseId, facts: {} }),
  async run(ctx, { releaseId }) {
    const release = await lockRelease(ctx.db, releaseId)
    if (!release?.pausedAt) throw new Refusal('release.not_paused')
    await updateRelease(ctx.db, releaseId, { pausedAt: null })
  },
})

/**
 * Takes a release back: what has not left is cancelled, and exactly those who have it, or may have it, are reached
 * again: machines take it out, people are set a task. Needs no approval: to stop is always allowed.
 */
export const recallRelease = action('release.recall', {
  input: v.object({ ...OneRelease.entries, reason, words: reason }),
  may: mayRelease,
  records: ({ releaseId }, count: number) => aboutRelease(releaseId, count),
  async run(ctx, { releaseId, reason: why, words }): Promise<number> {
    const release = await lockRelease(ctx.db, releaseId)
    if (!release) throw new Refusal('release.not_found')
    refuseIf(await whyNotRecall(ctx, release))
    return takeBack(ctx, release, { why, words, channels: null })
  },
})

/** Why it is taken back, what people are told, and from which channels alone; null: from all. */
interface Taking {
  readonly why: string
  readonly words: string
  readonly channels: readonly ChannelKey[] | null
}

/** Cancels what waits and plans the recall from those who have it. Answers to how many. */
export async function takeBack(ctx: Ctx, release: Release, { why, words, channels }: Taking): Promise<number> {
  const now = ctx.clock.now()
  const to = { state: 'cancelled' as const, event: 'cancelled', reason: why, actor: actorOf(ctx.actor) }
  await moveDeliveries(ctx.db, { releaseId: release.id }, ['planned', 'due'], to, now)
  await endExpansions(ctx.db, release.id, null, now)
  if (release.cancelledAt === null) await updateRelease(ctx.db, release.id, { cancelledAt: now, cancelledReason: why })
  const personId = actingPerson(ctx)
  const recall: Release = {
    ...release,
    ...NOT_YET,
    id: newId<'release'>(),
    kind: 'recall',
    ofReleaseId: release.id,
    lane: 'priority',
    laneReason: '',
    startsAt: now,
    endsAt: null,
    wordsAtEnd: null,
    waveCount: 1,
    words,
    state: 'released',
    proposedBy: personId,
    proposedAt: now,
    releasedBy: personId,
    releasedAt: now,
    undoUntil: now,
  }
  await insertRelease(ctx.db, recall)
  return planRecall(ctx.db, recall, now, channels)
}

/** A message taken out of use is recalled wherever the ledger has brought it; the app calls it once. */
export function followWithdrawnMessages(): void {
  whenMessageWithdrawn(async (ctx, message, words) => {
    let reached = 0
    for (const { id } of await standingReleases(ctx.db, message.id)) {
      const release = await lockRelease(ctx.db, id)
      if (release) reached += await takeBack(ctx, release, { why: 'message_withdrawn', words, channels: null })
    }
    return reached
  })
}

/** A person has found out what became of a row nobody knew of: it arrived, or it did not and may go again. */
export const resolveUnknown = action('release.resolve', {
  input: v.object({
    ...OneRelease.entries,
    deliveryId: idOf<'delivery'>(),
    arrived: v.boolean(),
    note: reason,
  }),
  may: mayRelease,
  records: ({ releaseId, arrived }) => ({ subject: 'release', subjectId: releaseId, facts: { arrived } }),
  async run(ctx, { releaseId, deliveryId, arrived, note }) {
    const row = await deliveryById(ctx.db, releaseId, deliveryId)
    if (row?.state !== 'unknown') throw new Refusal('release.not_unknown')
    const release = await lockRelease(ctx.db, releaseId)
    const again = release?.cancelledAt === null ? ('due' as const) : ('cancelled' as const)
    const state = arrived ? ('delivered' as const) : again
    const to = { state, event: arrived ? 'found_delivered' : 'found_missing', reason: note, actor: actorOf(ctx.actor) }
    const which = { releaseId, id: deliveryId }
    // Its provider may have been asked meanwhile.
    if ((await moveDeliveries(ctx.db, which, ['unknown'], to, ctx.clock.now())) === 0)
      throw new Refusal('release.not_unknown')
  },
})
