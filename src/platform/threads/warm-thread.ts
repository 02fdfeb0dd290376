import { Worker } from 'node:worker_threads'
import { keepWarm } from './keep-warm.ts'

const MOST_MEGABYTES = 1_024

/** Runs a worker file that calls `serveWarm` in a thread that is kept warm. */
export function warmThread<Work, Result>(file: URL): (work: Work) => Promise<Result> {
  return keepWarm((reports) => {
    const worker = new Worker(file, { resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES } })
    worker.on('message', reports.answered)
    worker.on('error', reports.ended)
    worker.on('exit', (code) => reports.ended(new Error(`A worker thread ended with ${code} and no answer`)))
    return {
      post: (message) => worker.postMessage(message),
      end: () => void worker.terminate(),
      ref: () => worker.ref(),
      unref: () => worker.unref(),
    }
  })
}
