import { refuseMissingLetters } from './fonts.ts'
import type { PrintedLogBook } from './log-book.ts'
import { compilePdf } from './typst.ts'

/** @throws Refusal `document.letters_missing` */
export async function drawLogBook(book: PrintedLogBook): Promise<Uint8Array> {
  refuseMissingLetters(book, 'Tinos', 'Be Vietnam Pro')
  return compilePdf('log-book', book)
}
