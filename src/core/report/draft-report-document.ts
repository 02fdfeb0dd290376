import { changeDocument, documentById, draftDocument, latestContent, type PaperContent } from '../document/index.ts'
import { action, Refusal, refuseIf, type Ctx, type Id } from '../kernel/index.ts'
import { REPORT_WRITERS } from './begin-report.ts'
import { aboutReport, OneReport, reportToChange, whyNotReportText, withinReport } from './change-report.ts'
import { TO_WRITE } from './compose-report.ts'
import { printReport } from './print-report.ts'
import { figuresOf, templateByCode, updateReport } from './report.store.ts'
import { askedByOf, correctionsOfRequest } from './request.store.ts'
import type { Report } from './report.ts'

/** Makes of a report a document of type report, or brings its draft to what the report says now; who signs it stays. */
export const draftReportDocument = action('report.draft_document', {
  input: OneReport,
  may: { who: 'roles', roles: REPORT_WRITERS, within: withinReport },
  records: ({ reportId }, documentId: Id<'document'>) => aboutReport(reportId, { documentId }),
  async run(ctx, which): Promise<Id<'document'>> {
    const report = await reportToChange(ctx, which)
    refuseIf(whyNotDraftDocument(report))
    refuseIf(await whyNotReportText(ctx, report, report.text))
    const said = await contentOfReport(ctx, report)
    const standing = report.documentId && (await documentById(ctx.db, report.documentId))
    if (standing && standing.state === 'draft') {
      await changeDocument(ctx, { documentId: standing.id, content: { ...standing.content, ...said } })
      return standing.id
    }
    const documentId = await draftDocument(ctx, {
      organisationId: report.organisationId,
      type: 'report',
      content: { ...(await beginning(ctx, report)), ...said },
      originKind: 'report',
      originId: report.id,
    })
    await updateReport(ctx.db, report.id, { documentId })
    return documentId
  },
})

/** What only a person can write must be written, or taken out, before a document is made. */
export function whyNotDraftDocument({ text }: Pick<Report, 'text'>): Refusal | null {
  const count = text.split(TO_WRITE).length - 1
  return count > 0 ? new Refusal('report.unwritten', { count }, 'text') : null
}

/** What a report says, as the content of a document. */
export async function contentOfReport(
  ctx: Ctx,
  report: Report,
): Promise<Pick<PaperContent, 'subject' | 'body' | 'annexes'>> {
  const template = await templateByCode(ctx.db, report.template)
  const corrections = report.requestId ? await correctionsOfRequest(ctx.db, report.requestId) : []
  const figures = await figuresOf(ctx.db, report.id)
  const { body, annexes } = printReport(report, figures, corrections, template?.content.photos ?? 'Hình ảnh')
  return {
    subject: report.subject,
    body: [...body],
    annexes: annexes.map((annex) => ({ title: annex.title, body: [...annex.body] })),
  }
}

/** Who signs and where it goes as in the last document of the body; addressed to who asked. */
async function beginning(
  ctx: Ctx,
  report: Report,
): Promise<Pick<PaperContent, 'signature' | 'receivers' | 'unit' | 'addressees'>> {
  const last = await latestContent(ctx.db, report.organisationId)
  const askedBy = report.requestId ? await askedByOf(ctx.db, report.requestId) : null
  return {
    signature: last?.signature ?? { authority: [], position: '', name: '' },
    receivers: last?.receivers ?? [],
    unit: last?.unit ?? '',
    addressees: askedBy === null ? [] : [askedBy],
  }
}
