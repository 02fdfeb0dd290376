import type { Answer } from '../../../core/release/index.ts'
import type { Pdu } from './library.ts'

/** Message states (SMPP 3.4 §5.2.28). */
const STATES: Readonly<Record<number, Answer['kind']>> = {
  1: 'accepted', // ENROUTE
  2: 'delivered', // DELIVERED
  3: 'failed', // EXPIRED
  4: 'failed', // DELETED
  5: 'failed', // UNDELIVERABLE
  6: 'accepted', // ACCEPTED: in the care of people at the centre
  8: 'failed', // REJECTED
}

/**
 * What the answer to a `query_sm` says of a part. A centre that does not know an id has had it and forgotten it, since it was
 * the one that gave it: that is no proof that it never arrived.
 */
export function answerOf(pdu: Pdu): Answer {
  const state = pdu.message_state ?? 0
  const kind = pdu.command_status === 0 ? STATES[state] : undefined
  if (kind === undefined || kind === 'unknown') return { kind: 'unknown' }
  return kind === 'failed' ? { kind, reason: `message_state ${state}` } : { kind }
}

/** A text is what its parts are: failed with the first that failed, delivered when all are. */
export function rolledUp(answers: readonly Answer[]): Answer {
  const failed = answers.find(({ kind }) => kind === 'failed')
  if (failed) return failed
  if (answers.length === 0 || answers.some(({ kind }) => kind === 'unknown')) return { kind: 'unknown' }
  return answers.every(({ kind }) => kind === 'delivered') ? { kind: 'delivered' } : { kind: 'accepted' }
}
