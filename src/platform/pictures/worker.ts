/** Makes one picture in a thread of its own: decoding a hostile file must not stop the pages. */
import { parentPort, workerData } from 'node:worker_threads'
import { makePicture } from './make-picture.ts'

parentPort?.postMessage(await makePicture(workerData as Uint8Array)) // picture-worker.ts passes nothing else
