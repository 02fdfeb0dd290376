import { layShowings, takeBack } from '../../core/board/index.ts'
import type { Ctx } from '../../core/kernel/index.ts'
import type { Outcome, Sender, Sending } from '../../core/release/index.ts'

const RETRY_MS = 60_000

/**
 * Lays what is to be shown on each board. A row is delivered by the first proof of display that a screen signs, and a
 * recall when the board has fetched a programme without what is recalled.
 */
export const boardSender: Sender = {
  channel: 'board',
  repeatable: true,
  withdraws: true,
  batch: 20,
  async send(ctx, rows, signal) {
    const outcomes: Outcome[] = []
    for (const row of rows) outcomes.push(signal.aborted ? tooLate(ctx) : await show(ctx, row))
    return outcomes
  },
}

async function show(ctx: Ctx, row: Sending): Promise<Outcome> {
  const { outlet, kind } = row
  if (outlet.kind !== 'led_board') return { kind: 'refused', reason: 'board_no_board' }
  const onBoard = { ...row, outletId: outlet.id }
  if (kind === 'recall') {
    return { kind: (await takeBack(ctx, onBoard)) === 'done' ? 'delivered' : 'accepted' }
  }
  const laid = await layShowings(ctx, onBoard)
  return laid.kind === 'laid' ? { kind: 'accepted' } : laid
}

function tooLate(ctx: Ctx): Outcome {
  return { kind: 'postponed', until: new Date(ctx.clock.now().getTime() + RETRY_MS), reason: 'no_time' }
}
