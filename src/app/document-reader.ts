import type { DocumentReader, ReadPage } from '../core/plan/index.ts'
import { readDocument } from '../platform/documents/index.ts'

/** The plan slice's reader of files, by the platform's. */
export const documentReader: DocumentReader = {
  async read(bytes, name, { onProgress, signal }) {
    const document = await readDocument(bytes, name, {
      onProgress: ({ page, pages }) => onProgress(page, pages),
      signal,
    })
    return { ...document, pages: pagesOf(document) }
  },
}

function pagesOf(document: Awaited<ReturnType<typeof readDocument>>): ReadPage[] {
  let end = 0
  return document.pages.map((page) => {
    const from = Math.max(document.text.indexOf(page.text, end), end)
    end = from + page.text.length
    return { number: page.number, image: page.image, words: page.words, span: [from, end] as const }
  })
}
