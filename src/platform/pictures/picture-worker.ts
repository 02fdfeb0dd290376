import type { PictureMaker } from '../../core/media/index.ts'
import { inThread } from '../threads/in-thread.ts'

/** Pictures made in worker threads. A thread that is given up throws: the job tries again. */
export const pictureMaker: PictureMaker = {
  make: (bytes) => inThread(new URL('./worker.ts', import.meta.url), bytes),
}
