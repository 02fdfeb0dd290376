import { warmThread } from '../threads/warm-thread.ts'
import type { LivePiece, LiveWork } from './live-worker.ts'

const work = warmThread<LiveWork, LivePiece>(new URL('./live-worker.ts', import.meta.url))

/**
 * The next piece of a speech as MP3, in a worker thread: whole frames that go on from those before. `samples` are 16 bits,
 * lowest byte first, one voice, 24,000 a second; levelled as they come.
 */
export function encodeLive(speech: string, samples: Uint8Array): Promise<LivePiece> {
  return work({ speech, samples })
}

/** What the encoder still held of a speech; it knows it no more. */
export function finishLive(speech: string): Promise<LivePiece> {
  return work({ speech, samples: null })
}
