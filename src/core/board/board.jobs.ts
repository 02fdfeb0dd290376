import * as v from 'valibot'
import { asSystem, job, type Ctx, type Job } from '../kernel/index.ts'
import { closeRows } from '../release/index.ts'
import { unshownRows } from './showing.store.ts'

/** A screen that was without network tells what it showed when it is back; a day is waited for. */
const WAIT_MS = 86_400_000
const AT_ONCE = 500

const Nothing = v.object({})

/** Closes rows whose days on a board are over and of which no screen has proof. */
export const closeUnshownJob: Job<typeof Nothing> = job('board.close_unshown', {
  payload: Nothing,
  every: '*/15 * * * *',
  run: closeUnshown,
})

async function closeUnshown(ctx: Ctx): Promise<void> {
  const before = new Date(ctx.clock.now().getTime() - WAIT_MS)
  await ctx.db.transaction().execute(async (db) => {
    const rows = await unshownRows(db, before, AT_ONCE)
    const ends = rows.map(({ withdrawn, ...row }) => ({
      ...row,
      ...(withdrawn
        ? { end: 'taken_away' as const, reason: 'recalled' }
        : { end: 'unheard' as const, reason: 'board_never_shown' }),
    }))
    if (ends.length > 0) await closeRows({ ...asSystem(ctx, 'board'), db, inTransaction: true }, ends)
  })
}
