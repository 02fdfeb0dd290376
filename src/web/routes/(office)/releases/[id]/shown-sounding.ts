import type { Ctx } from '#core/kernel/index.ts'
import { stillSounding } from '#core/programme/index.ts'
import { releaseById, type Release } from '#core/release/index.ts'
import { sentenceOf, type Words } from '#app/wording/words.ts'
import { reachOf, whyNotAny } from '../../stations/control/chosen.ts'

/** So long after the recall a device may have begun that had not heard of it yet. */
const HEARS_WITHIN_MS = 2 * 60_000

/**
 * Where a warning that was taken back may still be sounding: a device plays to its end what it has begun
 * (docs/speaker-protocol.md), and only the command to stop silences it. Null where nothing can sound any more.
 */
export async function shownSounding(ctx: Ctx, w: Words, release: Release, followers: readonly Release[]) {
  const recall = release.kind === 'recall' ? release : followers.find(isPressedRecall)
  const warning =
    release.kind === 'recall' ? release.ofReleaseId && (await releaseById(ctx.db, release.ofReleaseId)) : release
  if (!recall?.releasedAt || !warning || warning.lane !== 'emergency') return null
  const { stationIds, seconds } = await stillSounding(ctx.db, warning.id)
  const untilMs = recall.releasedAt.getTime() + seconds * 1_000 + HEARS_WITHIN_MS
  if (stationIds.length === 0 || ctx.clock.now().getTime() > untilMs) return null
  const refusal = await whyNotAny(ctx, stationIds, 'stop')
  return {
    stationIds: stationIds.map(String),
    ...(await reachOf(ctx, stationIds, false)),
    whyNot: refusal && sentenceOf(w, refusal),
  }
}
export type ShownSounding = NonNullable<Awaited<ReturnType<typeof shownSounding>>>

const isPressedRecall = ({ kind, state }: Release) => kind === 'recall' && state === 'released'
