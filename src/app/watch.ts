import { setTimeout as wait } from 'node:timers/promises'
import { LOOK_SECONDS, tellAlarms, watchOver, type TellBy } from '../core/alarm/index.ts'
import { asSystem } from '../core/kernel/index.ts'
import type { Loa } from './loa.ts'

/**
 * Looks after what should move, look after look, and tells those who are responsible; answers how to stop. It runs in the
 * process with the pages as in every worker: when no worker lives, somebody must be left to say so.
 */
export function startWatch(loa: Loa, tellBy: TellBy): () => Promise<void> {
  const ctx = asSystem(loa.contextOf({ kind: 'nobody' }), 'watch')
  const stopping = new AbortController()
  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await watchOver(ctx, ({ db }) => loa.jobs.waitingSince(db))
        await tellAlarms(ctx, tellBy)
      } catch (thrown) {
        if (!stopping.signal.aborted) console.error('The watch:', thrown instanceof Error ? thrown.message : thrown)
      }
      await wait(LOOK_SECONDS * 1_000, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
  const running = run()
  return async () => {
    stopping.abort()
    await running
  }
}
