/** Draws papers in a thread of its own: setting type is work of the processor, and pages must not wait for it. */
import type { LaidOut } from '../../core/document/index.ts'
import { serveWarm } from '../threads/serve-warm.ts'
import { drawDocx } from './draw-docx.ts'
import { drawPdf } from './draw-pdf.ts'

export type PaperWork = { readonly form: 'pdf' | 'docx'; readonly paper: LaidOut }

serveWarm<PaperWork>(({ form, paper }) => (form === 'pdf' ? drawPdf(paper) : drawDocx(paper)))
