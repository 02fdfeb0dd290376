import { warmPapers } from './warm-papers.ts'

/** A number of the printed bulletin of grassroots information (bản tin thông tin cơ sở). Every text is plain, paragraphs by line breaks. */
export interface PrintedBulletin {
  /** Of the masthead, as `Bản tin thông tin cơ sở`. */
  readonly title: string
  /** The body that publishes it, by its official name. */
  readonly publisher: string
  readonly number: number
  /** `YYYY-MM-DD`. */
  readonly day: string
  /** The day as it is printed, as `Ngày 01 tháng 7 năm 2026`. */
  readonly dayWords: string
  readonly articles: readonly { readonly title: string; readonly body: string }[]
  readonly hotlines: readonly { readonly name: string; readonly number: string }[]
  /** Licence, print run, printer: at the foot of the last page; `''` for none. */
  readonly imprint: string
}

/** The number as PDF of A4 in two columns, the same bytes for the same number. @throws Refusal `document.letters_missing` */
export function makeBulletinPdf(bulletin: PrintedBulletin): Promise<Uint8Array> {
  return warmPapers({ form: 'bulletin', bulletin })
}
