import type { Ctx, Id } from '../kernel/index.ts'
import { releaseById } from '../release/index.ts'
import { lockArticlesOf, noteRecall, withdrawOfRelease } from './article.store.ts'

/**
 * Takes down what the release that a recall takes back has put up. An article that a later release has put up again
 * stays, and a row of the recalled release that comes late puts nothing up any more.
 */
export async function takeDown(ctx: Ctx, recallId: Id<'release'>): Promise<void> {
  const recall = await releaseById(ctx.db, recallId)
  const taken = recall?.ofReleaseId
  if (!recall || !taken) throw new Error(`Release ${recallId} takes nothing back`)
  await ctx.db.transaction().execute(async (db) => {
    await lockArticlesOf(db, [recall.messageId])
    await noteRecall(db, taken, ctx.clock.now())
    await withdrawOfRelease(db, taken, ctx.clock.now())
  })
}
