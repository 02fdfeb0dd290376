import { setTimeout as wait } from 'node:timers/promises'
import type { Ctx } from '../core/kernel/index.ts'
import { workLedger } from '../core/release/index.ts'

/** How long the ledger rests when nothing is due; an emergency is seen within it. */
const REST_MS = 250
/** After a fault of the database or the disk: long enough not to make it worse. */
const REST_AFTER_FAULT_MS = 2_000

/** Works the ledger until it is stopped, round after round; answers how to stop, which waits for the round in hand. */
export function startLedger(ctx: Ctx): () => Promise<void> {
  const stopping = new AbortController()
  const rest = (ms: number) => wait(ms, undefined, { signal: stopping.signal }).catch(() => undefined)
  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        if ((await workLedger(ctx)) === 0) await rest(REST_MS)
      } catch (thrown) {
        if (stopping.signal.aborted) return
        console.error('The ledger could not work a round:', thrown instanceof Error ? thrown.message : thrown)
        await rest(REST_AFTER_FAULT_MS)
      }
    }
  }
  const running = run()
  return async () => {
    stopping.abort()
    await running
  }
}
