/** Makes or blurs one picture in a thread of its own: decoding a hostile file must not stop the pages. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Face, MadePicture } from '../../core/media/index.ts'
import { blurFacesIn } from './blur-faces.ts'
import { findFaces } from './find-faces.ts'
import { makePicture } from './make-picture.ts'

export interface PictureWork {
  readonly bytes: Uint8Array
  /** Faces to blur; null to make the sizes. */
  readonly blur: readonly Face[] | null
}

const { bytes, blur } = workerData as PictureWork // picture-worker.ts passes nothing else
parentPort?.postMessage(await (blur ? blurFacesIn(bytes, blur) : makeWithFaces()))

async function makeWithFaces(): Promise<MadePicture | null> {
  const made = await makePicture(bytes)
  // Without an answer the picture is shown, and stands beside no survivor's story until a person has answered for it.
  return made && { ...made, faces: await findFaces(made.sizes.at(-1)?.bytes ?? bytes).catch(() => null) }
}
