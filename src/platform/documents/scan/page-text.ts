import type { Page } from 'tesseract.js'
import type { ScannedWord } from '../document-text.ts'
import { isSyllable } from '../encodings/syllable.ts'
import type { PrintPlace } from './straighten.ts'

const SURE = 0.8
const QUITE_SURE = 0.92
const DIRT = 0.3

/** The text of a page in the order the reader found its blocks, one line of print a line, with the place of each word. */
export function pageText(page: Page, place: PrintPlace): { text: string; words: ScannedWord[] } {
  const lines: string[] = []
  const words: ScannedWord[] = []
  let length = 0
  for (const block of page.blocks ?? []) {
    for (const line of block.paragraphs.flatMap((paragraph) => paragraph.lines)) {
      const printed: string[] = []
      let at = length
      for (const word of line.words) {
        const text = word.text.normalize('NFC').trim()
        const confidence = Math.min(1, Math.max(0, word.confidence / 100))
        if (text === '' || (confidence < DIRT && !/[\p{L}\p{N}]/u.test(text))) continue
        printed.push(text)
        words.push({
          text,
          confidence,
          doubtful: isDoubtful(text, confidence),
          box: boxAt(word.bbox, place),
          span: [at, at + text.length],
        })
        at += text.length + 1
      }
      if (printed.length === 0) continue
      lines.push(printed.join(' '))
      length = at
    }
  }
  return { text: lines.join('\n'), words }
}

function isDoubtful(text: string, confidence: number): boolean {
  if (confidence < SURE) return true
  const letters = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  // Abbreviations in capitals, numbers and signs are no syllables and yet right.
  const word = letters !== '' && /^\p{L}+$/u.test(letters) && letters !== letters.toUpperCase()
  return word && confidence < QUITE_SURE && !isSyllable(letters)
}

function boxAt(
  box: { x0: number; y0: number; x1: number; y1: number },
  { left, top, scale }: PrintPlace,
): ScannedWord['box'] {
  const scaled = (value: number): number => Math.round(value * scale)
  return {
    x: scaled(box.x0 + left),
    y: scaled(box.y0 + top),
    width: scaled(box.x1 - box.x0),
    height: scaled(box.y1 - box.y0),
  }
}
