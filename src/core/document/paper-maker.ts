import type { LaidOut } from './lay-out.ts'

/** The bytes of the pictures of a paper, by content hash: JPEG or PNG. */
export type Pictures = Readonly<Record<string, Uint8Array>>

/** Draws what was laid out; the platform implements it, in a worker thread. The same paper gives the same bytes. */
export interface PaperMaker {
  /** @throws Refusal `document.letters_missing` for letters that the typeface does not have */
  pdf(paper: LaidOut, pictures: Pictures): Promise<Uint8Array>
  docx(paper: LaidOut, pictures: Pictures): Promise<Uint8Array>
  /** All its pages in one SVG, one below the other: what a page of the office shows of it. */
  svg(paper: LaidOut, pictures: Pictures): Promise<Uint8Array>
}

let maker: PaperMaker | null = null

/** Says what draws papers; the app calls it once. */
export function makePapersWith(given: PaperMaker): void {
  maker = given
}

/** @throws Error where the app has not said what draws papers */
export function paperMaker(): PaperMaker {
  if (!maker) throw new Error('Nothing draws papers yet: call makePapersWith() when the app opens')
  return maker
}
