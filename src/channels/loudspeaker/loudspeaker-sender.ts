import type { Ctx } from '../../core/kernel/index.ts'
import { layRow, takeOut } from '../../core/programme/index.ts'
import type { Outcome, Sender, Sending } from '../../core/release/index.ts'

/** Seconds until a row is tried again that the database would not take. */
const AGAIN_AFTER_SECONDS = 5

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
  async send(ctx, rows) {
    const outcomes: Outcome[] = []
    for (const row of rows) outcomes.push(await outcomeOf(ctx, row))
    return outcomes
  },
}

/** One row that cannot be laid stops none of the others. */
async function outcomeOf(ctx: Ctx, row: Sending): Promise<Outcome> {
  try {
    return await ctx.db.transaction().execute((db) => layOrTakeOut({ ...ctx, db, inTransaction: true }, row))
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message.slice(0, 500) : 'thrown'
    return { kind: 'postponed', until: new Date(ctx.clock.now().getTime() + AGAIN_AFTER_SECONDS * 1_000), reason }
  }
}

async function layOrTakeOut(ctx: Ctx, { releaseId, deliveryId, kind, outlet, renditions }: Sending): Promise<Outcome> {
  if (kind === 'recall') {
    await takeOut(ctx, { releaseId, deliveryId }, outlet.id)
    return { kind: 'accepted' }
  }
  const laid = await layRow(ctx, { releaseId, deliveryId, stationId: outlet.id, renditions, byHand: false })
  return 'laid' in laid ? { kind: 'accepted' } : { kind: 'refused', reason: laid.refused }
}
