import type { Day, Id } from '../kernel/index.ts'
import type { ReportTable } from './annex-tables.ts'
import type { ReportScope } from './report-figure.ts'
import type { ReportKind } from './template.ts'

/** A photograph of an accepted activity, as the photo annex shows it. */
export interface ReportPhoto {
  readonly mediaId: Id<'media'>
  readonly sha256: string
  readonly caption: string
  readonly alternative: string
}

/** What a body says it did in some days (báo cáo). */
export interface Report extends ReportScope {
  readonly id: Id<'report'>
  /** Who writes and issues it. */
  readonly organisationId: Id<'organisation'>
  readonly template: string
  readonly kind: ReportKind
  readonly subject: string
  readonly asOf: Date
  readonly text: string
  readonly tables: readonly ReportTable[]
  readonly photos: readonly ReportPhoto[]
  readonly documentId: Id<'document'> | null
  readonly requestId: Id<'report_request'> | null
  readonly createdAt: Date
  readonly revision: number
}

/** `từ ngày 15/12/2025 đến ngày 14/6/2026`, or one day. */
export function periodWords({ from, to }: { readonly from: Day; readonly to: Day }): string {
  return from === to ? `ngày ${dayWords(from)}` : `từ ngày ${dayWords(from)} đến ngày ${dayWords(to)}`
}

/** Days below ten and the months 1 and 2 get a nought, as in the date of a document. */
function dayWords(day: Day): string {
  const [year = '', month = '', date = ''] = day.split('-')
  return `${date}/${Number(month) <= 2 ? month : Number(month)}/${year}`
}
