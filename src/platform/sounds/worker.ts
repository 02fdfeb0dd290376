/** Makes one sound in a thread of its own: reading a hostile or a long file must not stop the pages. */
import { parentPort, workerData } from 'node:worker_threads'
import { TooLong } from './gather-sound.ts'
import { makeSound, type SoundWish } from './make-sound.ts'

const { bytes, wish } = workerData as { bytes: Uint8Array; wish: SoundWish } // sound-worker.ts passes nothing else
const made = await makeSound(bytes, wish).catch((thrown: unknown) => {
  if (thrown instanceof TooLong) return 'too_long'
  throw thrown
})
parentPort?.postMessage(made)
