import { personById } from '../core/identity/index.ts'
import { dayWords } from '../core/kernel/index.ts'
import type { PartDue, TellContributor } from '../core/report/index.ts'
import type { Notice, SendNotice } from './tell-by-mail.ts'
import { readWording } from './wording/read-wording.ts'
import type { Words } from './wording/words.ts'

/** Parts written out in one notice; of more than these the rest is counted and stands on the page of the day. */
const MOST_LINES = 20

/** Tells of contributions by notices, in the language of who is told. `address`: where the office stands. */
export function tellContributorsBy(send: SendNotice, address: string): TellContributor {
  return async (ctx, personId, parts) => {
    const person = await personById(ctx.db, personId)
    if (person?.state !== 'active') return false
    return send(ctx, personId, noticeOf(readWording(person.language), parts, address))
  }
}

function noticeOf(w: Words, parts: readonly PartDue[], address: string): Notice {
  const lines = parts.slice(0, MOST_LINES).map(({ id, step, body, subject, askedBy, dueOn }) => {
    const day = dayWords(dueOn)
    return w(`report_notice_${step}`, { body, subject, askedBy, day, address: `${address}/reports/parts/${id}` })
  })
  const rest = parts.length - lines.length
  const more = rest > 0 ? [w('report_notice_more', { count: rest, address: `${address}/` })] : []
  return {
    subject: w('report_notice_subject', {
      count: parts.length,
      overdue: parts.filter(({ step }) => step === 'overdue').length,
    }),
    text: [...lines, ...more, w('report_notice_once')].join('\n\n'),
  }
}
