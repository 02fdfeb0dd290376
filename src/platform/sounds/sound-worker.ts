import { inThread } from '../threads/in-thread.ts'
import type { Clarity } from './clarity.ts'
import type { MadeSound, SoundWish } from './make-sound.ts'

/** As `makeSound`, in a worker thread; `too_long` where that throws TooLong. @throws when the thread is given up */
export function soundInThread(bytes: Uint8Array, wish: SoundWish): Promise<(MadeSound & Clarity) | null | 'too_long'> {
  return inThread(new URL('./worker.ts', import.meta.url), { bytes, wish })
}
