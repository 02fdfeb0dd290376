import type { Ctx } from '../kernel/index.ts'
import { closeRows } from '../release/index.ts'
import { daysHeld, touchStation } from '../station/index.ts'
import { endExpected, expectEnds, playsWithoutEnds, silentPlays } from './play-end.store.ts'
import { undecidedSince, updatePlay } from './play.store.ts'
import { closeWithdrawals, playsOfWaitingRows, settledWithdrawals, silentHours } from './row.store.ts'
import { settleRows } from './settle-rows.ts'

const AT_ONCE = 500
/** What has ended within so many days is looked at for rows that did not end with it. */
const LOOK_BACK_DAYS = 3

/** All that comes to its end by itself, once; each piece in a transaction of its own. Answers how much moved. */
export async function closeSilentPlays(ctx: Ctx): Promise<number> {
  let moved = 0
  for (const piece of [makeEnds, skipUndecided, callOffline, catchUp, closeTakenOut]) {
    moved += await ctx.db.transaction().execute((db) => piece({ ...ctx, db, inTransaction: true }))
  }
  return moved
}

/** Plays that have come near get their ends, at devices that were enrolled since, too. */
async function makeEnds(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now()
  const ids = await playsWithoutEnds(ctx.db, now, new Date(now.getTime() + daysHeld() * 86_400_000), AT_ONCE)
  await expectEnds(ctx.db, ids)
  return ids.length
}

/** What nobody chose until it would have begun does not play. */
async function skipUndecided(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now()
  const plays = await undecidedSince(ctx.db, now, AT_ONCE)
  const ids = plays.map(({ id }) => id)
  for (const id of ids) await updatePlay(ctx.db, id, { state: 'skipped', reason: 'nobody_chose', decidedAt: now })
  await expectEnds(ctx.db, ids, true)
  await endExpected(ctx.db, ids, 'skipped', 'nobody_chose', now)
  await settleRows(ctx, ids)
  // Whoever stored it must not play it tomorrow either.
  for (const stationId of [...new Set(plays.map((play) => play.stationId))].sort())
    await touchStation(ctx.db, stationId)
  return ids.length
}

/** Of what no device has spoken for long, none is expected to speak any more; if one does, its word stands. */
async function callOffline(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now()
  const before = new Date(now.getTime() - (await silentHours(ctx.db)) * 3_600_000)
  const ids = await silentPlays(ctx.db, before, AT_ONCE)
  await expectEnds(ctx.db, ids, true)
  await endExpected(ctx.db, ids, 'offline', 'no_word', now)
  await settleRows(ctx, ids)
  return ids.length
}

async function catchUp(ctx: Ctx): Promise<number> {
  const since = new Date(ctx.clock.now().getTime() - LOOK_BACK_DAYS * 86_400_000)
  const ids = await playsOfWaitingRows(ctx.db, since, AT_ONCE)
  await settleRows(ctx, ids)
  return ids.length
}

/** Rows of recalls whose devices all hold a schedule without what was taken back; who is silent fails until it does. */
async function closeTakenOut(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now()
  const since = new Date(now.getTime() - (await silentHours(ctx.db)) * 3_600_000)
  const rows = await settledWithdrawals(ctx.db, since, AT_ONCE)
  const end = (held: boolean) => (held ? ('heard' as const) : ('unheard' as const))
  await closeRows(
    ctx,
    rows.map(({ releaseId, deliveryId, held }) => ({
      releaseId,
      deliveryId,
      end: end(held),
      reason: held ? '' : 'play_offline',
    })),
  )
  const held = rows.filter((row) => row.held).map(({ deliveryId }) => deliveryId)
  await closeWithdrawals(ctx.db, held, now)
  return rows.length
}
