import { asSystem, type Ctx, type Id } from '../kernel/index.ts'
import { closeRows } from '../release/index.ts'
import type { Showing } from './board.ts'
import { doubtOf, type Proof } from './proof.ts'
import { showingsByIds } from './showing.store.ts'

/** Proofs of one board, each with what stands in doubt of it, and the showings of those of which nothing does. */
export async function weighProofs<One extends Proof>(ctx: Ctx, outletId: Id<'outlet'>, proofs: readonly One[]) {
  const showings = await showingsByIds(
    ctx.db,
    proofs.map(({ showingId }) => showingId),
  )
  const notedAt = ctx.clock.now()
  const shown: Showing[] = []
  const weighed = proofs.map((one) => {
    const found = showings.get(one.showingId)
    const showing = found?.outletId === outletId ? found : undefined
    const doubt = doubtOf(one, showing, notedAt)
    if (showing && doubt === '') shown.push(showing)
    return { ...one, doubt, notedAt }
  })
  return { weighed, shown }
}

/** Rows of the ledger are delivered by the first proof that counts. */
export async function deliverShown(ctx: Ctx, showings: readonly Showing[]): Promise<void> {
  const rows = new Map(showings.map(({ deliveryId, releaseId }) => [deliveryId, { deliveryId, releaseId }]))
  const ends = [...rows.values()].map((row) => ({ ...row, end: 'heard' as const, reason: '' }))
  if (ends.length > 0) await closeRows(asSystem(ctx, 'board'), ends)
}
