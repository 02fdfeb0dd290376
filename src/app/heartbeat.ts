import { hostname } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { beat, BEAT_SECONDS, endWorker, insertWorker, type Work } from '../core/alarm/index.ts'
import { newId, type Ctx } from '../core/kernel/index.ts'

/** Says every few seconds that this process lives and what it works; answers how to say that it has ended. */
export async function startHeartbeat({ db }: Ctx, works: readonly Work[]): Promise<() => Promise<void>> {
  const id = newId<'worker'>()
  await insertWorker(db, { id, host: hostname(), pid: process.pid, works })
  const stopping = new AbortController()
  async function run(): Promise<void> {
    for (;;) {
      await wait(BEAT_SECONDS * 1_000, undefined, { signal: stopping.signal }).catch(() => undefined)
      if (stopping.signal.aborted) return
      // A heartbeat that does not get through is what others are to notice; the work goes on as far as it can.
      await beat(db, id).catch(() => undefined)
    }
  }
  const running = run()
  return async () => {
    stopping.abort()
    await running
    await endWorker(db, id).catch(() => undefined)
  }
}
