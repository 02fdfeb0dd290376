import { warmThread } from '../threads/warm-thread.ts'
import type { PaperWork } from './worker.ts'

/** Whatever is drawn is drawn in one thread that is kept warm: the first costs the reading of the fonts, the next a few milliseconds. */
export const warmPapers = warmThread<PaperWork, Uint8Array>(new URL('./worker.ts', import.meta.url))
