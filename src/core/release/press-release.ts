import * as v from 'valibot'
import { actingPerson, action, idOf, Refusal, refuseIf, type Ctx, type Id } from '../kernel/index.ts'
import { approvedContent } from '../review/index.ts'
import { takePlace } from './correct-release.ts'
import { standsApproved } from './may-leave.ts'
import { planDeliveries } from './plan.store.ts'
import type { Way } from './reach.store.ts'
import { RELEASERS } from './propose-release.ts'
import { lockRelease, releaseById, updateRelease } from './release.store.ts'
import { firstDue, whyNotPress, type Release } from './release.ts'

let undoSeconds = 60

/** Says for how many seconds who pressed may still take a release back before anything moves; 60 unless said. */
export function undoWithin(seconds: number): void {
  undoSeconds = seconds
}

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

/**
 * A second person releases it: every row is written in this one transaction, but for lists, whose rows are written right
 * after; for a minute nothing moves, unless it is an emergency. Answers how many rows were written.
 */
export const pressRelease = action('release.press', {
  input: OneRelease,
  may: mayRelease,
  records: ({ releaseId }, count: number) => aboutRelease(releaseId, count),
  async run(ctx, { releaseId }): Promise<number> {
    const release = await lockRelease(ctx.db, releaseId)
    if (!release) throw new Refusal('release.not_found')
    const personId = actingPerson(ctx)
    refuseIf(whyNotPress(release, personId))
    const ways = await waysOf(ctx, release)
    if (!ways) throw new Refusal('release.void')
    const now = ctx.clock.now()
    const undoUntil = new Date(now.getTime() + (release.lane === 'emergency' ? 0 : undoSeconds * 1_000))
    const pressed = { state: 'released' as const, releasedBy: personId, releasedAt: now, undoUntil }
    const from = firstDue({ ...release, ...pressed })
    if (release.endsAt !== null && release.endsAt <= from) throw new Refusal('release.over')
    const rows = await (release.ofReleaseId === null ? plan : takePlace)(ctx, release, ways, from)
    await updateRelease(ctx.db, releaseId, pressed)
    return rows
  },
})

async function plan(ctx: Ctx, release: Release, ways: readonly Way[], from: Date): Promise<number> {
  const { rows, lists } = await planDeliveries(ctx.db, release, ways, from)
  if (rows + lists === 0) throw new Refusal('release.nobody')
  return rows
}

/** The renditions that go out; null where what was approved is no longer what stands. */
export async function waysOf(ctx: Ctx, release: Release): Promise<readonly Way[] | null> {
  return (await standsApproved(ctx, release))
    ? ((await approvedContent(ctx.db, release.messageId, release.contentHash))?.renditions ?? null)
    : null
}
