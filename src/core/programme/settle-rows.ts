import { asSystem, type Ctx, type Id } from '../kernel/index.ts'
import { closeRows } from '../release/index.ts'
import { rowsHeard, rowsUnheard } from './row.store.ts'

/** Reasons of an end that say more than its state does. */
const SAID: ReadonlySet<string> = new Set(['nobody_chose', 'no_device', 'recalled', 'replaced', 'off_day'])

/**
 * Brings the ledger to what plays say: a row is delivered when one of its plays was played to its end, and failed when all
 * have come to their ends and none was. Inside the transaction that ended them.
 */
export async function settleRows(ctx: Ctx, playIds: readonly Id<'play'>[]): Promise<void> {
  const own = asSystem(ctx, 'programme')
  const heard = await rowsHeard(ctx.db, playIds)
  await closeRows(
    own,
    heard.map((row) => ({ ...row, end: 'heard' as const, reason: '' })),
  )
  const unheard = await rowsUnheard(ctx.db, playIds)
  await closeRows(
    own,
    unheard.map(({ releaseId, deliveryId, why, reason }) => ({
      releaseId,
      deliveryId,
      end: why === 'cancelled' ? ('taken_away' as const) : ('unheard' as const),
      reason: SAID.has(reason) ? reason : `play_${why}`,
    })),
  )
}
