import { noteDoings } from '../gateway/index.ts'
import type { Ctx } from '../kernel/index.ts'
import { keepReceipts, matchReceipts, rollUpParts, type Matched } from './receipt.store.ts'
import type { Receipt } from './sender.ts'
import { RECEIPT_KEPT_DAYS } from './times.ts'

const AT_ONCE = 2_000
/** Receipts of the last minutes are looked at in every round, older ones that nobody answers to once in a while. */
const FRESH_MINUTES = 10
const OLD_ONES_EVERY_MS = 60_000

let lookedAtOldOnes = 0

/**
 * Keeps what a machine says of what it took, and returns when it is kept for good: only then may the machine be told
 * that it was heard. Rows are closed by it at once or a little later; what is said twice, too early, or of nothing we
 * know does no harm.
 */
export async function noteReceipts(ctx: Ctx, receipts: readonly Receipt[]): Promise<void> {
  if (receipts.length === 0) return
  const now = ctx.clock.now()
  await noteHeard(ctx, await keepReceipts(ctx.db, receipts, now), now)
}

/** Closes rows by the receipts that wait; answers how many were matched. */
export async function matchKeptReceipts(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now()
  const since = sinceWhen(now)
  const matched = await ctx.db.transaction().execute(async (db) => {
    const found = await matchReceipts(db, since, AT_ONCE, now)
    const pieces = found.flatMap((one) => one.pieces)
    if (pieces.length > 0) await rollUpParts(db, pieces, now)
    return found
  })
  await noteHeard(ctx, matched, now)
  return matched.reduce((total, { receipts }) => total + receipts, 0)
}

async function noteHeard(ctx: Ctx, matched: readonly Matched[], now: Date): Promise<void> {
  for (const { gatewayId, receipts, seconds } of matched) {
    await noteDoings(ctx.db, gatewayId, { receipts, receiptSeconds: seconds }, now)
  }
}

function sinceWhen(now: Date): Date {
  const old = Math.abs(now.getTime() - lookedAtOldOnes) >= OLD_ONES_EVERY_MS
  if (old) lookedAtOldOnes = now.getTime()
  return new Date(now.getTime() - (old ? RECEIPT_KEPT_DAYS * 86_400_000 : FRESH_MINUTES * 60_000))
}
