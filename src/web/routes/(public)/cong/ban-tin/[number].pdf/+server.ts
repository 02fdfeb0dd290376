import { printableIssue } from '#app/printable-issue.ts'
import { issueByNumber } from '#core/bulletin/index.ts'
import { Refusal } from '#core/kernel/index.ts'
import { sendFile } from '#web/forms/send-file.ts'
import type { RequestHandler } from './$types.ts'

/** An issue to be printed and put up where nobody reads mail. */
export const GET: RequestHandler = async ({ locals: { ctx, w }, params }) => {
  const issue = /^\d{1,9}$/.test(params.number) ? await issueByNumber(ctx.db, Number(params.number)) : null
  const bytes = issue && issue.withdrawnAt === null ? await printableIssue(ctx, issue, w) : null
  if (!bytes) throw new Refusal('bulletin.not_found')
  return sendFile({ bytes, name: `ban-tin-so-${params.number}.pdf`, mime: 'application/pdf', inline: true })
}
