import { asSystem, type Ctx } from '../kernel/index.ts'
import { closeRows } from '../release/index.ts'
import type { Showing } from './board.ts'

/** Rows of the ledger are delivered by the first proof that counts. */
export async function deliverShown(ctx: Ctx, showings: readonly Showing[]): Promise<void> {
  const rows = new Map(showings.map(({ deliveryId, releaseId }) => [deliveryId, { deliveryId, releaseId }]))
  const ends = [...rows.values()].map((row) => ({ ...row, end: 'heard' as const, reason: '' }))
  if (ends.length > 0) await closeRows(asSystem(ctx, 'board'), ends)
}
