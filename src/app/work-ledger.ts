import { setTimeout as wait } from 'node:timers/promises'
import { asSystem, type Ctx } from '../core/kernel/index.ts'
import { ledgerWork, sendersInUse, type LedgerWork } from '../core/release/index.ts'

/** How long a piece of work rests when nothing is due, unless it is called. */
const REST_MS = 250
/** After a fault of the database or the disk: long enough not to make it worse. */
const REST_AFTER_FAULT_MS = 2_000

/** Calls those who rest: something may be due at once. */
export type Calling = (called: () => void) => Promise<() => Promise<void>>

/**
 * Works the ledger until it is stopped: each piece round after round, side by side. `listen` says how to hear that a
 * release was written. Answers how to stop, which waits for what is in hand.
 */
export async function startLedger(ctx: Ctx, listen: Calling): Promise<() => Promise<void>> {
  const stopping = new AbortController()
  let called = new AbortController()
  const quiet = await listen(() => {
    called.abort()
    called = new AbortController()
  })
  const rest = (ms: number) =>
    wait(ms, undefined, { signal: AbortSignal.any([stopping.signal, called.signal]) }).catch(() => undefined)
  const own = asSystem(ctx, 'ledger')

  async function work({ name, run }: LedgerWork): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        if ((await run(own)) === 0) await rest(REST_MS)
      } catch (thrown) {
        if (stopping.signal.aborted) return
        console.error(`The ledger could not work on ${name}:`, thrown instanceof Error ? thrown.message : thrown)
        await rest(REST_AFTER_FAULT_MS)
      }
    }
  }

  const working = Promise.all(ledgerWork().map(work))
  return async () => {
    stopping.abort()
    await quiet()
    await working
    for (const sender of sendersInUse()) await sender.close?.()
  }
}
