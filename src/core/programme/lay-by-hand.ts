import type { Ctx } from '../kernel/index.ts'
import { whenHandedOver, type HandedRow } from '../release/index.ts'
import { stationOf } from '../station/index.ts'
import { layRow } from './lay-row.ts'
import { takeOut } from './take-out.ts'

/** Rows of stations that people play by hand get their plays when they become tasks. The app calls it once. */
export function followHandedStations(): void {
  whenHandedOver('loudspeaker', layByHand)
}

/** What cannot be laid stays a task like any other, without single plays. */
async function layByHand(ctx: Ctx, rows: readonly HandedRow[]): Promise<void> {
  for (const { release, delivery, renditions } of rows) {
    const row = { releaseId: delivery.releaseId, deliveryId: delivery.id }
    const stationId = delivery.outletId
    if (!(await stationOf(ctx.db, stationId))) continue
    if (release.kind === 'recall') await takeOut(ctx, row, stationId, true)
    else await layRow(ctx, { ...row, stationId, renditions, byHand: true })
  }
}
