import * as v from 'valibot'
import { documentById } from '../document/index.ts'
import { readCatalogue } from '../evidence/index.ts'
import { action, idOf, Refusal, refuseIf, tidy, type Ctx, type Id } from '../kernel/index.ts'
import { REPORT_WRITERS } from './begin-report.ts'
import { correctionsOfRequest } from './request.store.ts'
import { figuresOf, lockReport, reportById, updateReport } from './report.store.ts'
import type { Report } from './report.ts'
import { tokenWords } from './print-report.ts'
import { whyNotText } from './tokens.ts'

export const OneReport = v.object({ reportId: idOf<'report'>(), basedOn: v.nullish(v.number(), null) })
export const withinReport = async (ctx: Ctx, { reportId }: { readonly reportId: Id<'report'> }) =>
  (await reportById(ctx.db, reportId))?.organisationId ?? null
export const aboutReport = (reportId: Id<'report'>, facts: Record<string, string | number> = {}) => ({
  subject: 'report',
  subjectId: reportId,
  facts,
})

/** Writes the words of a report anew; figures stay tokens. */
export const changeReport = action('report.change', {
  input: v.object({
    ...OneReport.entries,
    subject: v.pipe(v.string(), v.transform(tidy), v.minLength(1), v.maxLength(500)),
    text: v.pipe(v.string(), v.transform(tidy), v.minLength(1), v.maxLength(500_000)),
  }),
  may: { who: 'roles', roles: REPORT_WRITERS, within: withinReport },
  records: ({ reportId }) => aboutReport(reportId),
  async run(ctx, { subject, text, ...which }) {
    const report = await reportToChange(ctx, which)
    refuseIf(await whyNotReportText(ctx, report, text))
    await updateReport(ctx.db, report.id, { subject, text })
  },
})

/** Why these words may not stand in the report; null when they may. */
export async function whyNotReportText(ctx: Ctx, report: Report, text: string): Promise<Refusal | null> {
  const corrections = report.requestId ? await correctionsOfRequest(ctx.db, report.requestId) : []
  const words = tokenWords(report, await figuresOf(ctx.db, report.id), corrections)
  const { indicators } = await readCatalogue(ctx.db)
  return whyNotText(text, { knows: (token) => words(token) !== null, units: indicators.map(({ unit }) => unit) })
}

/**
 * The report, locked for the rest of the transaction.
 *
 * @throws Refusal `report.not_found`, `report.changed` when somebody was faster, `document.is_…` once its document stands
 */
export async function reportToChange(
  ctx: Ctx,
  { reportId, basedOn }: v.InferOutput<typeof OneReport>,
): Promise<Report> {
  const report = await lockReport(ctx.db, reportId)
  if (!report) throw new Refusal('report.not_found')
  refuseIf(await whyNotChangeReport(ctx, report))
  if (basedOn !== null && basedOn !== report.revision) throw new Refusal('report.changed')
  return report
}

/** A report whose document has its number stands as that does; one that was dropped may be made anew. */
export async function whyNotChangeReport(
  ctx: Ctx,
  { documentId }: Pick<Report, 'documentId'>,
): Promise<Refusal | null> {
  const document = documentId && (await documentById(ctx.db, documentId))
  return document && (document.state === 'issued' || document.state === 'signed')
    ? new Refusal('report.is_issued')
    : null
}
