import * as v from 'valibot'
import { documentById, documentPicture, PaperContent } from '#core/document/index.ts'
import { contentOfReport } from '#core/report/index.ts'
import { sendFile } from '#web/forms/send-file.ts'
import { reportOf } from '../../one-report.ts'
import type { RequestHandler } from './$types.ts'

/** A report as its document would be printed now: who signs it as in the document, where there is one. */
export const GET: RequestHandler = async ({ locals: { ctx }, params }) => {
  const report = await reportOf(ctx, params.id)
  const document = report.documentId ? await documentById(ctx.db, report.documentId) : null
  const unsigned = { signature: { authority: [], position: '', name: '' } }
  const content = v.parse(PaperContent, { ...(document?.content ?? unsigned), ...(await contentOfReport(ctx, report)) })
  const about = document ?? { organisationId: report.organisationId, type: 'report' as const }
  const bytes = await documentPicture(ctx, about, content)
  return sendFile({ bytes, name: 'pages.svg', mime: 'image/svg+xml', inline: true })
}
