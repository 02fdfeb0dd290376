import type { Ctx } from '../../core/kernel/index.ts'
import { layRow, takeOut } from '../../core/programme/index.ts'
import { oneByOne, type Outcome, type Sender, type Sending } from '../../core/release/index.ts'

/**
 * Lays what is to be heard into the programme of each station; what the devices then say of their plays closes the row.
 * A play has one place in the programme, so that doing it twice is doing it once; a recall is accepted when nothing of it
 * plays any more by the programme, and delivered when every device of the station holds a programme without it.
 */
export const loudspeakerSender: Sender = {
  channel: 'loudspeaker',
  repeatable: true,
  withdraws: true,
  batch: 20,
  send: oneByOne((ctx, row) =>
    ctx.db.transaction().execute((db) => layOrTakeOut({ ...ctx, db, inTransaction: true }, row)),
  ),
}

async function layOrTakeOut(ctx: Ctx, { releaseId, deliveryId, kind, outlet, renditions }: Sending): Promise<Outcome> {
  if (kind === 'recall') {
    await takeOut(ctx, { releaseId, deliveryId }, outlet.id)
    return { kind: 'accepted' }
  }
  const laid = await layRow(ctx, { releaseId, deliveryId, stationId: outlet.id, renditions, byHand: false })
  return 'laid' in laid ? { kind: 'accepted' } : { kind: 'refused', reason: laid.refused }
}
