import { issueAfter, issueByNumber, issueOfRelease, wordsIn } from '#core/bulletin/index.ts'
import { Refusal } from '#core/kernel/index.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, language }, params }) => {
  const issue = /^\d{1,9}$/.test(params.number) ? await issueByNumber(ctx.db, Number(params.number)) : null
  if (!issue) throw new Refusal('bulletin.not_found')
  const [before, after] = [
    issue.ofReleaseId && (await issueOfRelease(ctx.db, issue.ofReleaseId)),
    await issueAfter(ctx.db, issue.releaseId),
  ]
  const { number, publishedAt, withdrawnAt } = issue
  const shared = {
    number,
    publishedAt,
    corrects: before ? before.number : null,
    correctedBy: after ? after.number : null,
  }
  // What was taken back says so, and says nothing else any more.
  if (withdrawnAt !== null) return { ...shared, withdrawnAt, words: null }
  const words = wordsIn(issue.renditions, language)
  const body = (words?.fields['body'] ?? '').split(/\n{2,}/).filter((part) => part.trim() !== '')
  return {
    ...shared,
    withdrawnAt: null,
    words: { language: words?.language ?? 'vi', title: words?.fields['title'] ?? '', body },
  }
}
