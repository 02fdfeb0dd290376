import type { DocumentPage, DocumentText, ScannedWord } from './document-text.ts'
import { Refusal } from '../../core/kernel/refusal.ts'
import type { RawDocument, RawPage } from './raw-document.ts'
import { tidyText } from './tidy-text.ts'

/**
 * Joins the pages to one text and shifts the spans of words into it.
 *
 * @throws Refusal `document.empty` when no letter was found in the whole file.
 */
export function joinPages(raw: RawDocument): DocumentText {
  let text = ''
  const pages = raw.pages.map((page): DocumentPage => {
    // Text read from a picture is tidy already, and its words have their places in it.
    const own = page.scan ? page.text : tidyText(page.text)
    if (text !== '' && own !== '') text += '\n'
    const start = text.length
    text += own
    return {
      number: page.number,
      text: own,
      span: [start, text.length],
      image: page.scan?.image ?? null,
      ...wordsAt(page, start),
    }
  })
  if (!/[\p{L}\p{N}]/u.test(text)) throw new Refusal('document.empty')
  const { format, encoding, signatures } = raw
  return { format, text, encoding, pages, scanned: pages.some((page) => page.image !== null), signatures }
}

function wordsAt(page: RawPage, start: number): Pick<DocumentPage, 'words' | 'doubtful'> {
  const words = (page.scan?.words ?? []).map((word): ScannedWord => ({
    ...word,
    span: [word.span[0] + start, word.span[1] + start],
  }))
  return { words, doubtful: words.filter((word) => word.doubtful).length }
}
