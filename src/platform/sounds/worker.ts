/** Makes one sound in a thread of its own: reading a hostile or a long file must not stop the pages. */
import { parentPort, workerData } from 'node:worker_threads'
import { makeSound, type SoundWish } from './make-sound.ts'

const { bytes, wish } = workerData as { bytes: Uint8Array; wish: SoundWish } // sound-worker.ts passes nothing else
parentPort?.postMessage(await makeSound(bytes, wish))
