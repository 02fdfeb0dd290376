import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

const LONGEST_MS = 180_000
const MOST_MEGABYTES = 512

/**
 * Runs a worker file on `data` in a thread of its own and answers what it posts first.
 *
 * @throws when the thread fails, runs longer than three minutes or takes more than half a gigabyte: what stopped it may be
 *   the machine and not the file, so that trying again is worth it
 */
export async function inThread<Answer>(file: URL, data: unknown): Promise<Answer> {
  const worker = new Worker(file, { workerData: data, resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES } })
  try {
    // A thread that ends without a word would else be waited for to the last second.
    const ended = once(worker, 'exit').then(([code]) => {
      throw new Error(`A worker thread ended with ${String(code)} and no answer`)
    })
    const signal = AbortSignal.timeout(LONGEST_MS)
    const [answer] = await Promise.race([once(worker, 'message', { signal }), ended])
    return answer as Answer // the worker file posts nothing else
  } finally {
    await worker.terminate()
  }
}
