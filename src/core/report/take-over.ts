import * as v from 'valibot'
import { readCatalogue } from '../evidence/index.ts'
import { action, Refusal, type Ctx } from '../kernel/index.ts'
import { annexTables, cellsChanged, type ReportTable } from './annex-tables.ts'
import { askedBy, REPORT_WRITERS } from './begin-report.ts'
import { aboutReport, OneReport, reportToChange, withinReport } from './change-report.ts'
import { figureBook, valueIn, type FigureBook } from './figure-book.ts'
import { sameValue, type FigureValue, type ReportFigure } from './report-figure.ts'
import { figuresOf, templateByCode, updateFigure, updateReport } from './report.store.ts'
import type { Report } from './report.ts'

export interface Changes {
  /** Figures whose value has changed since, with what it is now. */
  readonly figures: readonly { readonly figure: ReportFigure; readonly now: FigureValue }[]
  /** The tables as they would be now, and how many of their cells differ. */
  readonly tables: readonly ReportTable[]
  readonly cells: number
  readonly book: FigureBook
}

/** What of a report would be another number if it were asked now. */
export async function changesOf(ctx: Ctx, report: Report): Promise<Changes> {
  const book = await figureBook(ctx.db, report, ctx.clock.now())
  const kept = await figuresOf(ctx.db, report.id)
  const figures = kept
    .map((figure) => ({ figure, now: valueIn(book, figure.key) }))
    .filter(({ figure, now }) => !sameValue(figure.value, now))
  const template = await templateByCode(ctx.db, report.template)
  const { indicators } = await readCatalogue(ctx.db)
  const tables = template ? annexTables(template.content, book, indicators) : []
  return { figures, tables, cells: cellsChanged(report.tables, tables), book }
}

/** Takes over what figures are now: those of these codes, or all, the tables with them. Words stay. */
export const takeOverFigures = action('report.take_over', {
  input: v.object({
    ...OneReport.entries,
    /** Null for all. */
    code: v.optional(v.nullable(v.string()), null),
  }),
  may: { who: 'roles', roles: REPORT_WRITERS, within: withinReport },
  records: ({ reportId }, count: number) => aboutReport(reportId, { count }),
  async run(ctx, { code, ...which }): Promise<number> {
    const report = await reportToChange(ctx, which)
    const now = ctx.clock.now()
    const changes = await changesOf(ctx, report)
    const taken = changes.figures.filter(({ figure }) => code === null || figure.code === code)
    if (taken.length === 0 && (code !== null || changes.cells === 0)) throw new Refusal('report.nothing_changed')
    for (const { figure, now: value } of taken) {
      const question = askedBy(changes.book, figure.key, now)
      await updateFigure(ctx.db, report.id, { code: figure.code, value, asOf: now }, question)
    }
    await updateReport(ctx.db, report.id, code === null ? { tables: changes.tables, asOf: now } : {})
    return taken.length
  },
})
