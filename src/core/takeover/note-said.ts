import type { Ctx, Id } from '../kernel/index.ts'
import { writeSaid, type DeviceSaid } from './takeover-end.store.ts'

/**
 * Writes what the log of a device says of speeches, in the transaction in which the log is kept. Idempotent: its first end
 * stands. What it says of plays, and of speeches of other stations, is passed over.
 */
export function noteSaid(ctx: Ctx, deviceId: Id<'device'>, said: readonly DeviceSaid[]): Promise<void> {
  return writeSaid(ctx.db, deviceId, said, ctx.clock.now())
}
