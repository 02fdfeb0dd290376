import type { Ctx, Id } from '../kernel/index.ts'
import { actorOf } from './actor-of.ts'
import { moveDeliveries } from './settle.store.ts'

/** What a way out that speaks for itself says of a row: heard, never to be heard any more, or taken away before. */
export interface RowEnd {
  readonly releaseId: Id<'release'>
  readonly deliveryId: Id<'delivery'>
  readonly end: 'heard' | 'unheard' | 'taken_away'
  /** Worded under `delivery_detail_<reason>`; empty where it was heard. */
  readonly reason: string
}

const STATES = { heard: 'delivered', unheard: 'failed', taken_away: 'cancelled' } as const
/** That something was heard is believed even after it was said not to be; not the other way. */
const FROM = {
  heard: ['accepted', 'failed', 'cancelled', 'unknown'],
  unheard: ['accepted'],
  taken_away: ['accepted'],
} as const

/** Closes rows by what their way out says of them, inside the caller's transaction; answers how many moved. */
export async function closeRows(ctx: Ctx, rows: readonly RowEnd[]): Promise<number> {
  let moved = 0
  for (const { releaseId, deliveryId, end, reason } of rows) {
    const to = { state: STATES[end], event: end, reason, actor: actorOf(ctx.actor) }
    moved += await moveDeliveries(ctx.db, { releaseId, id: deliveryId }, FROM[end], to, ctx.clock.now())
  }
  return moved
}

/** Opens a row again of which everything was taken away and some is laid anew, inside the caller's transaction. */
export async function openRow(ctx: Ctx, row: Pick<RowEnd, 'releaseId' | 'deliveryId'>): Promise<void> {
  const to = { state: 'accepted' as const, event: 'laid_anew', reason: '', actor: actorOf(ctx.actor) }
  await moveDeliveries(ctx.db, { releaseId: row.releaseId, id: row.deliveryId }, ['cancelled'], to, ctx.clock.now())
}
