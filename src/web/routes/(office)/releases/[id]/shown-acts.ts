import { actingPerson, Refusal, type Ctx } from '#core/kernel/index.ts'
import { pressRelease, whyNotFollow, whyNotPress, whyNotRecall, type Release } from '#core/release/index.ts'
import { sentenceOf, type Words } from '#app/wording/words.ts'

/** What can be done with a release now, each with the reason in words why it cannot; null where it can. */
export async function shownActs(ctx: Ctx, w: Words, release: Release) {
  // Who may press may pause, stop, correct and recall: one role in one body.
  const may = await pressRelease.whyNot(ctx, { releaseId: release.id })
  const say = (refusal: Refusal | null) => refusal && sentenceOf(w, may ?? refusal)
  const personId = actingPerson(ctx)
  const stopped = release.cancelledAt === null ? null : new Refusal('release.is_cancelled')
  return {
    press: say(may ?? whyNotPress(release, personId)),
    /** Taking back a proposal, or cancelling what waits. */
    cancel: say(may ?? stopped),
    pause: say(may ?? stopped),
    follow: say(may ?? (await whyNotFollow(ctx, release))),
    recall: say(may ?? (await whyNotRecall(ctx, release))),
  }
}
export type ShownActs = Awaited<ReturnType<typeof shownActs>>
