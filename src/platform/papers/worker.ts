/** Draws papers in a thread of its own: setting type is work of the processor, and pages must not wait for it. */
import type { LaidOut, Pictures } from '../../core/document/index.ts'
import type { TaskSheets } from '../../core/release/index.ts'
import { serveWarm } from '../threads/serve-warm.ts'
import type { PrintedBulletin } from './bulletin.ts'
import { drawBulletin } from './draw-bulletin.ts'
import { drawDocx } from './draw-docx.ts'
import { drawLogBook } from './draw-log-book.ts'
import { drawPdf, drawSvg } from './draw-pdf.ts'
import { drawSheets } from './draw-sheets.ts'
import type { PrintedLogBook } from './log-book.ts'

export type PaperWork =
  | { readonly form: 'pdf' | 'docx' | 'svg'; readonly paper: LaidOut; readonly pictures: Pictures }
  | { readonly form: 'sheets'; readonly sheets: TaskSheets }
  | { readonly form: 'bulletin'; readonly bulletin: PrintedBulletin }
  | { readonly form: 'log-book'; readonly book: PrintedLogBook }

serveWarm<PaperWork>((work) => {
  switch (work.form) {
    case 'pdf':
      return drawPdf(work.paper, work.pictures)
    case 'svg':
      return drawSvg(work.paper, work.pictures)
    case 'docx':
      return drawDocx(work.paper, work.pictures)
    case 'sheets':
      return drawSheets(work.sheets)
    case 'bulletin':
      return drawBulletin(work.bulletin)
    case 'log-book':
      return drawLogBook(work.book)
    default:
      return work satisfies never
  }
})
