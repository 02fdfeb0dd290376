import { setTimeout as wait } from 'node:timers/promises'
import type { Ctx } from '../../src/core/kernel/index.ts'
import type { LedgerWork } from '../../src/core/release/index.ts'

const REST_MS = 50
const LOOK_MS = 50

/** Works all pieces of the ledger side by side, as a worker process does, until `done`. */
export async function asCalled(ctx: Ctx, pieces: readonly LedgerWork[], done: () => Promise<boolean>): Promise<void> {
  let over = false
  const working = pieces.map(async ({ run }) => {
    while (!over) if ((await run(ctx)) === 0) await wait(REST_MS)
  })
  while (!(await done())) await wait(LOOK_MS)
  over = true
  await Promise.all(working)
}
