import { warmPapers } from './warm-papers.ts'

/** The log book of a station for a month (sổ nhật ký chương trình phát thanh). Every text is plain, as it is printed. */
export interface PrintedLogBook {
  readonly owner: string
  readonly title: string
  readonly station: string
  readonly period: string
  /** Of the properties, `YYYY-MM-DD`. */
  readonly madeOn: string
  readonly columns: readonly string[]
  /** Day by day: its heading and its rows, a cell for each column. */
  readonly days: readonly { readonly heading: string; readonly rows: readonly (readonly string[])[] }[]
  readonly none: string
  readonly totals: readonly string[]
  /** Who signs, left and right. */
  readonly signs: readonly string[]
}

/** The book as PDF of A4, the same bytes for the same month. @throws Refusal `document.letters_missing` */
export function makeLogBookPdf(book: PrintedLogBook): Promise<Uint8Array> {
  return warmPapers({ form: 'log-book', book })
}
