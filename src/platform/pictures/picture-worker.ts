import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { MadePicture, PictureMaker } from '../../core/media/index.ts'

const LONGEST_MS = 60_000

/** Pictures made in worker threads, each given up after a minute or half a gigabyte. */
export const pictureMaker: PictureMaker = {
  async make(bytes) {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: bytes,
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    })
    try {
      const [made] = await once(worker, 'message', { signal: AbortSignal.timeout(LONGEST_MS) })
      return made as MadePicture | null // worker.ts posts what makePicture answers
    } catch {
      return null
    } finally {
      await worker.terminate()
    }
  },
}
