import type { Ctx, Id } from '../kernel/index.ts'
import { writeDeviceEnds, type DeviceEnd } from './play-end.store.ts'
import { settleRows } from './settle-rows.ts'

/**
 * Writes what a device says became of plays at it, and brings the ledger to it. Idempotent: the first word of a device of
 * a play stands, and what was concluded while it was silent gives way to it. Plays of other stations are passed over.
 * Answers how many ends it changed. Joins the caller's transaction where there is one.
 */
export async function endPlays(ctx: Ctx, deviceId: Id<'device'>, ends: readonly DeviceEnd[]): Promise<number> {
  if (ends.length === 0) return 0
  const work = async (inside: Ctx) => {
    const changed = await writeDeviceEnds(inside.db, deviceId, ends, ctx.clock.now())
    await settleRows(inside, changed)
    return changed.length
  }
  if (ctx.inTransaction) return work(ctx)
  return ctx.db.transaction().execute((db) => work({ ...ctx, db, inTransaction: true }))
}
