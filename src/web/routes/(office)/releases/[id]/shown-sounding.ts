import type { Ctx, Id } from '#core/kernel/index.ts'
import { silenceWarning, soundingOf } from '#core/programme/index.ts'
import type { Release } from '#core/release/index.ts'
import { sentenceOf, type Words } from '#app/wording/words.ts'
import { reachOf } from '../../stations/control/chosen.ts'

/** What can be done at once about a warning that was taken back, on its page and on that of its recall; null where nothing can. */
export async function shownSounding(ctx: Ctx, w: Words, release: Release) {
  const releaseId = release.kind === 'recall' ? release.ofReleaseId : release.id
  const sounding = releaseId && (await soundingOf(ctx, releaseId))
  if (!sounding || sounding.stop.length + sounding.resume.length === 0) return null
  const refusal = await silenceWarning.whyNot(ctx, { releaseId, kind: 'stop', devices: 1 })
  const at = async (stationIds: readonly Id<'outlet'>[]) => ({
    stations: stationIds.length,
    ...(await reachOf(ctx, stationIds, false)),
  })
  return {
    releaseId: String(releaseId),
    stop: await at(sounding.stop),
    resume: await at(sounding.resume),
    whyNot: refusal && sentenceOf(w, refusal),
  }
}
export type ShownSounding = NonNullable<Awaited<ReturnType<typeof shownSounding>>>
