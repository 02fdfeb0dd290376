import type { ReadingProgress } from '../document-text.ts'
import { mendLegacy } from '../encodings/mend-legacy.ts'
import type { DocumentLimits } from '../limits.ts'
import type { RawDocument, RawPage } from '../raw-document.ts'
import { openPdf, type PdfFile, type PdfPage } from './open-pdf.ts'
import { pageLines, type TextPiece } from './page-lines.ts'
import { dropRunningHeads } from './running-heads.ts'

/**
 * Text of a PDF, each page from its own letters.
 *
 * @throws Refusal `document.encrypted`, `document.broken`, `document.too_many_pages`
 */
export async function readPdf(
  bytes: Uint8Array,
  limits: DocumentLimits,
  onProgress: (progress: ReadingProgress) => void,
): Promise<RawDocument> {
  const pdf = await openPdf(bytes, limits)
  const lines: string[][] = []
  for (let number = 1; number <= pdf.numPages; number += 1) {
    lines.push(await readPageText(pdf, number))
    onProgress({ page: number, pages: pdf.numPages, stage: 'text' })
  }
  const { texts, encoding } = mendPages(dropRunningHeads(lines))
  const pages = texts.map((text, index): RawPage => ({ number: index + 1, text, scan: null }))
  return { format: 'pdf', encoding, pages, signatures: [] }
}

async function readPageText(pdf: PdfFile, number: number): Promise<string[]> {
  const page = await pdf.getPage(number)
  const lines = pageLines(await piecesOf(page))
  page.cleanup()
  return lines
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
