import { getResolvedPDFJS, renderPageAsImage } from 'unpdf'
import type { PdfFile, PdfPage } from './open-pdf.ts'

const FULL_PAGE = 0.5
const A_PICTURE = 0.1
const DPI = 300
// A poster scanned to scale would not fit in memory.
const LONG_SIDE_AT_MOST = 4000

/** Whether a page is a picture of print: no letters and some picture, or a few (a signature's caption) over a full-page one. */
export async function isScanned(page: PdfPage, letters: number): Promise<boolean> {
  if (letters > 200) return false
  const share = await pictureShare(page)
  return letters < 10 ? share > A_PICTURE : share > FULL_PAGE
}

/** The largest picture's share of the page. */
async function pictureShare(page: PdfPage): Promise<number> {
  const { OPS } = await getResolvedPDFJS()
  const { fnArray, argsArray } = await page.getOperatorList()
  const { width, height } = page.getViewport({ scale: 1 })
  let area = 1
  let largest = 0
  const saved: number[] = []
  fnArray.forEach((operator, index) => {
    if (operator === OPS.save) saved.push(area)
    else if (operator === OPS.restore) area = saved.pop() ?? 1
    else if (operator === OPS.transform || operator === OPS.paintFormXObjectBegin) area *= growth(argsArray[index])
    else if (
      operator === OPS.paintImageXObject ||
      operator === OPS.paintInlineImageXObject ||
      operator === OPS.paintImageMaskXObject
    )
      largest = Math.max(largest, area)
  })
  return largest / (width * height)
}

function growth(args: unknown): number {
  const matrix = Array.isArray(args) && Array.isArray(args[0]) ? args[0] : args
  if (!Array.isArray(matrix)) return 1
  const [a = 1, b = 0, c = 0, d = 1] = matrix as number[]
  return Math.abs(a * d - b * c)
}

/** A page as PNG at 300 dots an inch. */
export async function renderPage(pdf: PdfFile, number: number): Promise<Uint8Array> {
  const page = await pdf.getPage(number)
  const { width, height } = page.getViewport({ scale: 1 })
  const scale = Math.min(DPI / 72, LONG_SIDE_AT_MOST / Math.max(width, height))
  return new Uint8Array(await renderPageAsImage(pdf, number, { canvasImport: () => import('@napi-rs/canvas'), scale }))
}
