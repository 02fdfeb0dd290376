import { CHANNELS, type ChannelKey } from '../channel/index.ts'
import type { Ctx } from '../kernel/index.ts'
import { rulesOf } from '../message/index.ts'
import { endedReleases, followersOf, lockRelease, updateRelease } from './release.store.ts'
import type { Sender } from './sender.ts'
import { takeBack } from './stop-release.ts'

const AT_ONCE = 10

/**
 * Takes down what is over, where it was asked for: by machines that can take back, and by tasks for people where the
 * thing stays up until somebody takes it down. Answers how many releases came to their end.
 */
export async function endReleases(ctx: Ctx, senders: ReadonlyMap<ChannelKey, Sender>): Promise<number> {
  const ended = await endedReleases(ctx.db, ctx.clock.now(), AT_ONCE)
  for (const releaseId of ended) {
    await ctx.db.transaction().execute(async (db) => {
      const inside = { ...ctx, db, inTransaction: true }
      const release = await lockRelease(db, releaseId)
      if (!release || release.endedAt !== null || release.wordsAtEnd === null) return
      await updateRelease(db, releaseId, { endedAt: ctx.clock.now() })
      const followers = await followersOf(db, releaseId)
      if (followers.some(({ state }) => state === 'released')) return
      await takeBack(inside, release, { why: 'over', words: release.wordsAtEnd, channels: comeDown(senders) })
    })
  }
  return ended.length
}

/** Channels in which what was brought can come down again: a machine takes it back, or it stays until a person does. */
function comeDown(senders: ReadonlyMap<ChannelKey, Sender>): ChannelKey[] {
  return CHANNELS.filter((channel) => senders.get(channel)?.withdraws ?? rulesOf(channel).stays)
}
