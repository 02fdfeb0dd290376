import { setTimeout as wait } from 'node:timers/promises'
import { asSystem, type Ctx } from '../core/kernel/index.ts'
import { dueWays, ledgerWork, sendersInUse, type DueWay, type LedgerWork } from '../core/release/index.ts'

/** How often it is looked what is due, unless somebody calls. */
const LOOK_EVERY_MS = 250
/** Who finds nothing rests twice as long the next time, up to these: what is due by its hour alone, and the other pieces. */
const LOOK_AT_REST_MS = 1_000
const PIECE_AT_REST_MS = 5_000
/** After a fault of the database or the disk: long enough not to make it worse. */
const REST_AFTER_FAULT_MS = 2_000

/** Calls who looks: something may be due at once. */
export type Calling = (called: () => void) => Promise<() => Promise<void>>

/**
 * Works the ledger until it is stopped. One look says what is due; the pieces whose turn it is then run side by side,
 * round after round until nothing is left. `listen` says how to hear that a release was written. Answers how to stop,
 * which waits for what is in hand.
 */
export async function startLedger(ctx: Ctx, listen: Calling): Promise<() => Promise<void>> {
  const own = asSystem(ctx, 'ledger')
  const stopping = new AbortController()
  let called = new AbortController()
  const quiet = await listen(() => {
    called.abort()
    called = new AbortController()
  })
  const rest = (ms: number, ...signals: AbortSignal[]) =>
    wait(ms, undefined, { signal: AbortSignal.any([stopping.signal, ...signals]) }).catch(() => undefined)

  async function careful<T>(name: string, work: () => Promise<T>): Promise<T | null> {
    try {
      return await work()
    } catch (thrown) {
      if (stopping.signal.aborted) return null
      console.error(`The ledger could not work on ${name}:`, thrown instanceof Error ? thrown.message : thrown)
      await rest(REST_AFTER_FAULT_MS)
      return null
    }
  }

  /** Runs a piece until it finds nothing more to do; answers whether it found anything. */
  async function finish({ name, run }: LedgerWork): Promise<boolean> {
    let found = false
    while (!stopping.signal.aborted && ((await careful(name, () => run(own))) ?? 0) > 0) found = true
    return found
  }

  /** Does something over and over, the more seldom the longer it finds nothing; a call ends the rest. */
  async function keepDoing(find: () => Promise<boolean>, everyMs: number, atRestMs: number): Promise<void> {
    let restMs = everyMs
    while (!stopping.signal.aborted) {
      // Of before the look: who calls while it is under way is heard.
      const { signal } = called
      const found = await find()
      await rest(restMs, signal)
      restMs = found || signal.aborted ? everyMs : Math.min(restMs * 2, Math.max(everyMs, atRestMs))
    }
  }

  const busy = new Map<string, Promise<void>>()
  function begin(
    pieces: readonly (readonly [LedgerWork, (due: readonly DueWay[]) => boolean])[],
    due: readonly DueWay[],
  ) {
    for (const [piece, when] of pieces) {
      if (busy.has(piece.name) || !when(due)) continue
      busy.set(
        piece.name,
        finish(piece).then(() => void busy.delete(piece.name)),
      )
    }
  }

  async function look(): Promise<void> {
    const pieces = ledgerWork().flatMap((piece) =>
      typeof piece.when === 'function' ? [[piece, piece.when] as const] : [],
    )
    const find = async () => {
      const due = await careful('what is due', () => dueWays(own.db, own.clock.now()))
      if (due) begin(pieces, due)
      return due === null || due.length > 0
    }
    await keepDoing(find, LOOK_EVERY_MS, LOOK_AT_REST_MS)
  }

  const working = [
    look(),
    ...ledgerWork().map((piece) =>
      typeof piece.when === 'object' ? keepDoing(() => finish(piece), piece.when.everyMs, PIECE_AT_REST_MS) : null,
    ),
  ]
  return async () => {
    stopping.abort()
    await quiet()
    await Promise.all(working)
    await Promise.all(busy.values())
    for (const sender of sendersInUse()) await sender.close?.()
  }
}
