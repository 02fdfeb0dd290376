import type { Ctx } from '../kernel/index.ts'
import type { Outcome, Sender, Sending } from './sender.ts'

/** Seconds until a row is tried again that the database would not take. */
const AGAIN_AFTER_SECONDS = 5

/**
 * Sends rows one after another; one that throws is tried again soon, and stops none of the others. Only for channels where
 * doing it twice is doing it once.
 */
export function oneByOne(send: (ctx: Ctx, row: Sending) => Promise<Outcome>): Sender['send'] {
  return async (ctx, rows) => {
    const outcomes: Outcome[] = []
    for (const row of rows) outcomes.push(await send(ctx, row).catch((thrown: unknown) => later(ctx, thrown)))
    return outcomes
  }
}

function later(ctx: Ctx, thrown: unknown): Outcome {
  const reason = thrown instanceof Error ? thrown.message.slice(0, 500) : 'thrown'
  return { kind: 'postponed', until: new Date(ctx.clock.now().getTime() + AGAIN_AFTER_SECONDS * 1_000), reason }
}
