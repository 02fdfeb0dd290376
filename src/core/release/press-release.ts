import * as v from 'valibot'
import { action, dayAt, idOf, Refusal, refuseIf, type Ctx, type Id } from '../kernel/index.ts'
import { messageById } from '../message/index.ts'
import { approvalOf, approvedContent, reviewsOf } from '../review/index.ts'
import { planDeliveries, previewDeliveries, type PreviewLine, type Way } from './plan.store.ts'
import { RELEASERS } from './propose-release.ts'
import { lockRelease, releaseById, updateRelease } from './release.store.ts'
import { UNDO_SECONDS, whyNotPress, type Release } from './release.ts'

export const OneRelease = v.object({ releaseId: idOf<'release'>() })
export const mayRelease = {
  who: 'roles' as const,
  roles: RELEASERS,
  within: async (ctx: Ctx, { releaseId }: { readonly releaseId: Id<'release'> }) =>
    (await releaseById(ctx.db, releaseId))?.organisationId ?? null,
}
export function aboutRelease(releaseId: Id<'release'>, count: number) {
  return { subject: 'release', subjectId: releaseId, facts: { count } }
}

/** A second person releases it: every row is written in this one transaction; for a minute nothing moves. */
export const pressRelease = action('release.press', {
  input: OneRelease,
  may: mayRelease,
  records: ({ releaseId }, count: number) => aboutRelease(releaseId, count),
  async run(ctx, { releaseId }): Promise<number> {
    const release = await lockRelease(ctx.db, releaseId)
    if (!release) throw new Refusal('release.not_found')
    const personId = ctx.actor.kind === 'person' ? ctx.actor.personId : null
    refuseIf(whyNotPress(release, personId))
    const ways = await waysOf(ctx, release)
    if (!ways) throw new Refusal('release.void')
    const now = ctx.clock.now()
    const undoUntil = new Date(now.getTime() + UNDO_SECONDS * 1_000)
    const from = release.startsAt > undoUntil ? release.startsAt : undoUntil
    if (release.endsAt !== null && release.endsAt <= from) throw new Refusal('release.over')
    const planned = await planDeliveries(ctx.db, release, ways, from)
    if (planned === 0) throw new Refusal('release.nobody')
    await updateRelease(ctx.db, releaseId, { state: 'released', releasedBy: personId, releasedAt: now, undoUntil })
    return planned
  },
})

/** Who would get what if it were released now. */
export async function previewRelease(ctx: Ctx, release: Release): Promise<PreviewLine[]> {
  const content = await approvedContent(ctx.db, release.messageId, release.contentHash)
  const now = ctx.clock.now()
  const from = release.startsAt > now ? release.startsAt : now
  const reach = { channels: release.channels, places: release.places, day: dayAt(from) }
  return previewDeliveries(ctx.db, reach, content?.renditions ?? [], from)
}

/** The renditions that go out; null where what was approved is no longer what stands. */
export async function waysOf(ctx: Ctx, release: Release): Promise<readonly Way[] | null> {
  return (await standsApproved(ctx, release))
    ? ((await approvedContent(ctx.db, release.messageId, release.contentHash))?.renditions ?? null)
    : null
}

/** Whether the very content of this release is approved now, and the message in use. Asked again before each send. */
export async function standsApproved(ctx: Ctx, release: Pick<Release, 'messageId' | 'contentHash'>): Promise<boolean> {
  const message = await messageById(ctx.db, release.messageId)
  if (!message || message.contentHash !== release.contentHash) return false
  return approvalOf(message, await reviewsOf(ctx.db, message.id)) === 'approved'
}
