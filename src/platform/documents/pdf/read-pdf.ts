import { Refusal } from '../../../core/kernel/refusal.ts'
import type { ReadingProgress } from '../document-text.ts'
import { mendLegacy } from '../encodings/mend-legacy.ts'
import type { DocumentLimits } from '../limits.ts'
import type { RawDocument, RawPage } from '../raw-document.ts'
import { openCharacterReader } from '../scan/character-reader.ts'
import { openPdf, type PdfFile, type PdfPage } from './open-pdf.ts'
import { pageLines, type TextPiece } from './page-lines.ts'
import { isScanned, renderPage } from './page-picture.ts'
import { readSignatures } from './read-signatures.ts'
import { dropRunningHeads } from './running-heads.ts'

type Report = (progress: ReadingProgress) => void

/**
 * Text of a PDF: a page's own letters, or, for a page that is a picture, those the character reader finds.
 *
 * @throws Refusal `document.encrypted`, `document.broken`, `document.too_many_pages`
 */
export async function readPdf(bytes: Uint8Array, limits: DocumentLimits, onProgress: Report): Promise<RawDocument> {
  const pdf = await openPdf(bytes, limits)
  const lines: string[][] = []
  const scanned: number[] = []
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number)
    const own = pageLines(await piecesOf(page))
    if (await isScanned(page, own.join('').length)) scanned.push(number)
    lines.push(own)
    page.cleanup()
    onProgress({ page: number, pages: pdf.numPages, stage: 'text' })
  }
  if (scanned.length > limits.scannedPages)
    throw new Refusal('document.too_many_pages', { pages: scanned.length, limit: limits.scannedPages })
  const { texts, encoding } = mendPages(dropRunningHeads(lines))
  const pages = texts.map((text, index): RawPage => ({ number: index + 1, text, scan: null }))
  for (const page of await readScanned(pdf, scanned, limits, onProgress)) pages[page.number - 1] = page
  return { format: 'pdf', encoding, pages, signatures: await readSignatures(bytes) }
}

async function piecesOf(page: PdfPage): Promise<TextPiece[]> {
  // Compatibility forms would turn µ of a TCVN3 text into another letter before it is recognised.
  const content = await page.getTextContent({ disableNormalization: true })
  return content.items.flatMap((item) => {
    if (!('str' in item)) return []
    const [a = 1, b = 0, , , x = 0, y = 0] = item.transform as number[]
    return [{ text: item.str, x, y, width: item.width, size: Math.hypot(a, b) || item.height || 1 }]
  })
}

// All pages are judged together: one page alone may be too short to recognise its encoding.
function mendPages(pages: readonly (readonly string[])[]): { texts: string[]; encoding: string | null } {
  const { text, encoding } = mendLegacy(pages.map((lines) => lines.join('\n')).join('\f'))
  return { texts: text.split('\f'), encoding }
}

async function readScanned(
  pdf: PdfFile,
  numbers: readonly number[],
  limits: DocumentLimits,
  onProgress: Report,
): Promise<RawPage[]> {
  if (numbers.length === 0) return []
  onProgress({ page: 0, pages: numbers.length, stage: 'ocr' })
  const reader = await openCharacterReader(limits.imagePixels)
  const pages: RawPage[] = []
  try {
    for (const number of numbers) {
      pages.push(await reader.read(await renderPage(pdf, number), number))
      onProgress({ page: pages.length, pages: numbers.length, stage: 'ocr' })
    }
  } finally {
    await reader.close()
  }
  return pages
}
