import type { LaidOut } from '../../core/document/index.ts'
import { refuseMissingLetters } from './fonts.ts'
import { compilePdf } from './typst.ts'

/** A paper as PDF with its fonts in it. The same paper gives the same bytes. @throws Refusal `document.letters_missing` */
export function drawPdf(paper: LaidOut): Uint8Array {
  refuseMissingLetters(paper, 'Tinos')
  return compilePdf('paper', paper)
}
