import type { Outcome } from '../../core/release/index.ts'
import type { GuardedFaultKind } from '../../platform/http/index.ts'

/** What an answer means, by its status (RFC 9110 §15). What is not listed goes by its hundred. */
const STATUS: Readonly<Record<number, 'refused' | 'postponed'>> = {
  408: 'postponed', // they waited too long for us
  410: 'refused', // gone: they want no more of it, and the outlet is paused
  425: 'postponed', // too early (RFC 8470)
  429: 'postponed', // we are too fast
}
/** Nothing is to be sent there any more (Standard Webhooks: "410 Gone"). */
export const GONE = 410

const MINUTE_MS = 60_000
/** Whoever asks for a longer rest is asked again after this. */
const MOST_REST_MS = 24 * 60 * MINUTE_MS

/**
 * What came of a call by the status it was answered with. Receivers know by `webhook-id` what they have, so that all
 * that is not a clear no may be tried again.
 */
export function outcomeOfStatus(status: number, retryAfter: string | undefined, now: Date): Outcome {
  if (status >= 200 && status < 300) return { kind: 'delivered' }
  // A redirect is no answer: whoever moves is given a new address by a person, never by the old machine.
  const verdict = STATUS[status] ?? (status >= 500 ? 'postponed' : 'refused')
  const reason = `http_${status}`
  return verdict === 'refused'
    ? { kind: 'refused', reason }
    : { kind: 'postponed', reason, until: restUntil(retryAfter, now) }
}

/** What came of a call without an answer. */
export function outcomeOfFault(kind: GuardedFaultKind, now: Date): Outcome {
  const reason = `call_${kind}`
  switch (kind) {
    case 'bad_address':
    case 'private_network':
    case 'plain_http':
      return { kind: 'refused', reason }
    case 'no_name':
    case 'no_connection':
    case 'bad_certificate':
    case 'timeout':
    case 'cut_off':
      return { kind: 'postponed', reason, until: restUntil(undefined, now) }
    default:
      return kind satisfies never
  }
}

/** `Retry-After` as seconds or as a day and hour (RFC 9110 §10.2.3); a minute where there is none that can be read. */
function restUntil(retryAfter: string | undefined, now: Date): Date {
  const seconds = /^\s*(\d{1,9})\s*$/.exec(retryAfter ?? '')?.[1]
  const moment = seconds ? now.getTime() + Number(seconds) * 1_000 : Date.parse(retryAfter ?? '')
  const wanted = Number.isNaN(moment) ? now.getTime() + MINUTE_MS : moment
  return new Date(Math.min(Math.max(wanted, now.getTime() + 1_000), now.getTime() + MOST_REST_MS))
}
