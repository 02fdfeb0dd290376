import type { Ctx, Id } from '../kernel/index.ts'
import { deviceById } from '../station/index.ts'
import { insertDeviceProofs } from './proof.store.ts'
import type { Proof } from './proof.ts'
import { deliverShown, weighProofs } from './weigh-proofs.ts'

const [MOST_TURNS, MOST_SECONDS] = [10_000, 86_400]

/** What the device of a board says it showed, out of its proven log. */
export interface ShownEntry extends Proof {
  /** Whole turns of it. */
  readonly turns: number
  /** Of the entry of the log, hex. */
  readonly hash: string
}

/**
 * Keeps what a device showed as proof of display, and closes the rows of which some counts. In the transaction in which its
 * log was kept, with what is new of it: its signature and its order were proven there.
 */
export async function noteShown(ctx: Ctx, deviceId: Id<'device'>, entries: readonly ShownEntry[]): Promise<void> {
  const device = await deviceById(ctx.db, deviceId)
  // A device at a cluster shows nothing.
  if (!device || device.clusterId !== null || entries.length === 0) return
  const { weighed, shown } = await weighProofs(ctx, device.outletId, entries)
  await insertDeviceProofs(
    ctx.db,
    weighed.map((one) => ({ ...one, ...bounded(one), deviceId })),
  )
  await deliverShown(ctx, shown)
}

/** What no board shows is written as less: it is in doubt all the same, and must not stand in the way of the log. */
function bounded({ turns, seconds }: ShownEntry): Pick<ShownEntry, 'turns' | 'seconds'> {
  return { turns: Math.min(turns, MOST_TURNS), seconds: Math.min(seconds, MOST_SECONDS) }
}
