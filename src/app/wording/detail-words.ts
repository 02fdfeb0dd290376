import type { Words } from './words.ts'

/**
 * What an event of a delivery says in few words: one of our codes, a status of HTTP, or what a machine answered, named
 * as its answer. Anything else is what a person wrote, and stays as it is.
 */
export function detailWords(w: Words, detail: string): string {
  if (w.has(`delivery_detail_${detail}`)) return w(`delivery_detail_${detail}`)
  const status = /^http_(\d{3})$/.exec(detail)?.[1]
  if (status) return w('delivery_detail_http', { status })
  const [, part, reason] = /^part_(\d+)_(.+)$/.exec(detail) ?? []
  if (part && reason) return w('delivery_detail_from_part', { part, reason: detailWords(w, reason) })
  return isAnswer(detail) ? w('delivery_detail_answered', { answer: detail }) : detail
}

/** Status names of SMPP 3.4 (table 5-2), states of messages and of receipts (appendix B), and codes nobody has worded. */
const ANSWERS = [
  /^ESME_\w+$/,
  /^message_state \d+( err:\S+)?$/,
  /^(ENROUTE|DELIVRD|EXPIRED|DELETED|UNDELIV|ACCEPTD|UNKNOWN|REJECTD)( err:\S+)?$/,
  /^err:\S+$/,
  /^0x[0-9a-f]+$/i,
  /^[a-z0-9]+(_[a-z0-9]+)+$/,
]

function isAnswer(detail: string): boolean {
  return ANSWERS.some((answer) => answer.test(detail))
}
