import type { DocumentFormat, DocumentSignature, PageImage, ScannedWord } from './document-text.ts'

/** What a format's reader found, before the text of all pages is tidied and joined. */
export interface RawDocument {
  readonly format: DocumentFormat
  readonly encoding: string | null
  readonly pages: readonly RawPage[]
  readonly signatures: readonly DocumentSignature[]
}

/** A page with its own text, or one read from its picture; spans of its words point into the page's own text. */
export interface RawPage {
  readonly number: number
  readonly text: string
  readonly scan: { readonly image: PageImage; readonly words: readonly ScannedWord[] } | null
}

export function onePage(text: string): readonly RawPage[] {
  return [{ number: 1, text, scan: null }]
}
