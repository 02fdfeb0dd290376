import { writeReportTables } from '#app/report-sheet.ts'
import { Refusal } from '#core/kernel/index.ts'
import { sendSheet } from '#web/forms/send-sheet.ts'
import { reportOf } from '../../../one-report.ts'
import type { RequestHandler } from './$types.ts'

/** The annex tables of a report as a file for a spreadsheet. */
export const GET: RequestHandler = async ({ locals: { ctx, w }, params }) => {
  const report = await reportOf(ctx, params.id)
  const { file } = params
  if (file !== 'xlsx' && file !== 'csv') throw new Refusal('report.not_found')
  const bytes = await writeReportTables(report, file)
  return sendSheet(bytes, `${w('report_tables')} ${report.from} ${report.to}`, file)
}
