import { getDocumentProxy } from 'unpdf'

const MM_PER_POINT = 25.4 / 72

/** A run of text as it stands on a page, in mm from the upper left corner; `y` is its baseline. */
export interface PdfWords {
  readonly page: number
  readonly text: string
  readonly x: number
  readonly right: number
  readonly y: number
  /** Points. */
  readonly size: number
  readonly font: string
}

/** Every run of text of a PDF, for tests that measure it: read by another program than the one that wrote it. */
export async function wordsOfPdf(bytes: Uint8Array): Promise<PdfWords[]> {
  const pdf = await getDocumentProxy(bytes.slice(), { verbosity: 0 })
  const found: PdfWords[] = []
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number)
    const height = page.view[3] ?? 0
    const { items } = await page.getTextContent({ disableNormalization: true })
    for (const item of items) {
      if (!('str' in item) || item.str.trim() === '') continue
      const [size = 0, , , , x = 0, y = 0] = item.transform as number[]
      found.push({
        page: number,
        text: item.str,
        x: x * MM_PER_POINT,
        right: (x + item.width) * MM_PER_POINT,
        y: (height - y) * MM_PER_POINT,
        size,
        font: await fontName(page, item.fontName),
      })
    }
  }
  return found
}

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof getDocumentProxy>>['getPage']>>

/** The name of a font in the file, as `ABCDEF+Tinos-Bold`. */
async function fontName(page: Page, key: string): Promise<string> {
  await page.getOperatorList()
  const font = page.commonObjs.get(key) as { readonly name?: string } | null // what pdf.js keeps under a font's key
  return font?.name ?? ''
}

/** The words of a line that begins with these, joined as they stand. */
export function lineOf(words: readonly PdfWords[], begins: string): PdfWords {
  const first = words.find(({ text }) => text.startsWith(begins))
  if (!first) throw new Error(`no line begins with ${begins}`)
  const line = words.filter(({ page, y, x }) => page === first.page && Math.abs(y - first.y) < 0.5 && x >= first.x)
  return { ...first, text: line.map(({ text }) => text).join(' '), right: Math.max(...line.map(({ right }) => right)) }
}
