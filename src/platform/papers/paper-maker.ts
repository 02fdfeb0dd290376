import type { PaperMaker } from '../../core/document/index.ts'
import { warmThread } from '../threads/warm-thread.ts'
import type { PaperWork } from './worker.ts'

const draw = warmThread<PaperWork, Uint8Array>(new URL('./worker.ts', import.meta.url))

/** Papers drawn in a thread that is kept warm: the first costs the reading of the fonts, the next a few milliseconds. */
export const paperMaker: PaperMaker = {
  pdf: (paper) => draw({ form: 'pdf', paper }),
  docx: (paper) => draw({ form: 'docx', paper }),
}
