import type { LaidOut, Pictures } from '../../core/document/index.ts'
import { refuseMissingLetters } from './fonts.ts'
import { pictureSize } from './picture-size.ts'
import { compilePdf, compileSvg } from './typst.ts'

/** A paper as PDF with its fonts in it. The same paper gives the same bytes. @throws Refusal `document.letters_missing` */
export function drawPdf(paper: LaidOut, pictures: Pictures = {}): Uint8Array {
  refuseMissingLetters(paper, 'Tinos')
  return compilePdf('paper', paper, filesOf(pictures))
}

/** The same pages as one SVG. @throws Refusal `document.letters_missing` */
export function drawSvg(paper: LaidOut, pictures: Pictures = {}): Uint8Array {
  refuseMissingLetters(paper, 'Tinos')
  return compileSvg('paper', paper, filesOf(pictures))
}

/** Under a name that Typst finds them by; it tells PNG from JPEG by their bytes, as we do to be sure that it can. */
function filesOf(pictures: Pictures): Record<string, Uint8Array> {
  return Object.fromEntries(
    Object.entries(pictures).map(([sha256, bytes]) => {
      pictureSize(bytes)
      return [`picture-${sha256}`, bytes]
    }),
  )
}
