import type { Ctx, Id } from '../kernel/index.ts'
import { releaseById, type Release } from '../release/index.ts'
import { touchStation } from '../station/index.ts'
import { broadcastsByIds, withdrawBroadcasts } from './broadcast.store.ts'
import { endExpected, expectEnds } from './play-end.store.ts'
import { cancelPlays, comingPlays, playsToFollow, stationsTold, wasLaid } from './play.store.ts'
import type { OldPlace } from './lay-following.ts'
import type { Play } from './programme.ts'
import { insertWithdrawal, type RowKey } from './row.store.ts'
import { settleRows } from './settle-rows.ts'

/**
 * Takes away what a release took the place of, back to the first of its chain: at every station nothing of it plays any
 * more. Answers where it would have played at this one, each moment once with the lengths of what would have sounded
 * then, so that what follows plays there.
 */
export async function takeOver(ctx: Ctx, release: Release, stationId: Id<'outlet'>): Promise<OldPlace[]> {
  if (release.ofReleaseId === null) return []
  const chain = await chainOf(ctx, release.ofReleaseId)
  const here = await placesOf(ctx, chain, stationId)
  await takeAway(ctx, chain, release.kind === 'recall' ? 'recalled' : 'replaced')
  const broadcasts = await broadcastsByIds(
    ctx.db,
    here.map(({ broadcastId }) => broadcastId),
  )
  return [...Map.groupBy(here, ({ plannedAt }) => plannedAt.getTime()).values()].flatMap((plays) => {
    const lengths = plays.map(({ broadcastId }) => broadcasts.get(broadcastId)?.seconds ?? 0)
    return plays[0] ? [{ ...plays[0], lengths }] : []
  })
}

/** Where the newest of a chain that was ever laid here still would have played: what was laid anew since holds, not what was before. */
async function placesOf(ctx: Ctx, chain: readonly Id<'release'>[], stationId: Id<'outlet'>): Promise<Play[]> {
  for (const releaseId of chain) {
    if (await wasLaid(ctx.db, releaseId, stationId)) return playsToFollow(ctx.db, releaseId, stationId, ctx.clock.now())
  }
  return []
}

/**
 * Takes a release out of a station for a row of its recall, and notes from which schedule on its devices are without it:
 * the row is done when every one of them holds that one, or a newer. Inside the caller's transaction.
 */
export async function takeOut(ctx: Ctx, row: RowKey, stationId: Id<'outlet'>, byHand = false): Promise<void> {
  const recall = await releaseById(ctx.db, row.releaseId)
  if (!recall?.ofReleaseId) return
  await takeAway(ctx, await chainOf(ctx, recall.ofReleaseId), 'recalled')
  if (byHand) return
  // Once more, whoever took it away: a device that plays on from what it stored must have heard of this.
  await touchStation(ctx.db, stationId)
  await insertWithdrawal(ctx.db, row, stationId, ctx.clock.now())
}

async function takeAway(ctx: Ctx, chain: readonly Id<'release'>[], reason: 'recalled' | 'replaced'): Promise<void> {
  const now = ctx.clock.now()
  const told = await stationsTold(ctx.db, chain, now)
  await withdrawBroadcasts(ctx.db, chain, now)
  const coming = await comingPlays(ctx.db, chain, null, now)
  const ids = coming.map(({ id }) => id)
  await expectEnds(ctx.db, ids)
  await cancelPlays(ctx.db, ids, reason, now)
  await endExpected(ctx.db, ids, 'cancelled', reason, now)
  await settleRows(ctx, ids)
  // What has come due and waits in its slot, and a warning that somebody has not heard yet, must not begin either.
  for (const stationId of [...new Set([...told, ...coming.map((play) => play.stationId)])].sort())
    await touchStation(ctx.db, stationId)
}

/** A release and all that it took the place of. */
async function chainOf(ctx: Ctx, releaseId: Id<'release'>): Promise<Id<'release'>[]> {
  const chain: Id<'release'>[] = []
  for (let next: Id<'release'> | null = releaseId; next;) {
    chain.push(next)
    next = (await releaseById(ctx.db, next))?.ofReleaseId ?? null
  }
  return chain
}
