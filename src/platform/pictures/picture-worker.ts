import type { Face, PictureMaker } from '../../core/media/index.ts'
import { inThread } from '../threads/in-thread.ts'
import type { PictureWork } from './worker.ts'

const WORKER = new URL('./worker.ts', import.meta.url)

/** Pictures made in worker threads. A thread that is given up throws: the job tries again. */
export const pictureMaker: PictureMaker = {
  make: (bytes) => inThread(WORKER, { bytes, blur: null } satisfies PictureWork),
}

/** As `blurFacesIn`, in a worker thread. @throws when the thread is given up */
export function blurredInThread(bytes: Uint8Array, faces: readonly Face[]): Promise<Uint8Array | null> {
  return inThread(WORKER, { bytes, blur: faces } satisfies PictureWork)
}
