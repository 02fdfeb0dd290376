import type { Answer, Outcome } from '../../../core/release/index.ts'
import type { GuardedAnswer, GuardedFault } from '../../../platform/http/index.ts'
import { listOf, type HttpSettings } from './settings.ts'
import { at, jsonOf } from './template.ts'

const THROTTLED_WAIT_MS = 5_000
const LONGEST_WAIT_SECONDS = 3_600
/** Until somebody has looked at an address or a password that is wrong. */
const SETTING_WAIT_MS = 300_000
const UNREACHED_WAIT_MS = 10_000
const AGAIN_WAIT_MS = 30_000

/** Statuses (RFC 9110) that say nothing of whether the message was taken. */
const UNCLEAR: ReadonlySet<number> = new Set([408, 409])
/** It does not know who we are: a wrong secret, no fault of the message. */
const UNKNOWN_TO_THEM: ReadonlySet<number> = new Set([401, 403, 407])

/** What an answer says of a message. */
export function outcomeOf({ status, headers, body }: GuardedAnswer, settings: HttpSettings, now: Date): Outcome {
  const json = jsonOf(body)
  const reason = [`http_${status}`, at(settings.reasonPath, json)?.slice(0, 200)].filter(Boolean).join(' ')
  if (listOf(settings.throttledStatuses).includes(String(status))) {
    return later(now, retryAfterMs(headers['retry-after']) ?? THROTTLED_WAIT_MS, reason)
  }
  if (status >= 200 && status < 300) return resultOf(json, settings, now)
  // A redirect is not followed: whoever it leads to was not set up by anybody.
  if (UNKNOWN_TO_THEM.has(status) || (status >= 300 && status < 400)) return later(now, SETTING_WAIT_MS, reason)
  if (status >= 400 && status < 500 && !UNCLEAR.has(status)) return { kind: 'refused', reason }
  return unclear(settings, now, reason)
}

function resultOf(json: unknown, settings: HttpSettings, now: Date): Outcome {
  const { resultPath, acceptedValues, throttledValues, refPath, reasonPath } = settings
  if (resultPath !== '') {
    const result = at(resultPath, json)
    if (result === null) return unclear(settings, now, 'no_result')
    if (listOf(throttledValues).includes(result)) return later(now, THROTTLED_WAIT_MS, result)
    if (!listOf(acceptedValues).includes(result)) {
      return { kind: 'refused', reason: [result, at(reasonPath, json)?.slice(0, 200)].filter(Boolean).join(' ') }
    }
  }
  const ref = at(refPath, json)
  return ref === null ? { kind: 'accepted' } : { kind: 'accepted', ref }
}

/** What is known when no answer came. */
export function unheard({ kind, mayHaveArrived }: GuardedFault, settings: HttpSettings, now: Date): Outcome {
  if (mayHaveArrived) return unclear(settings, now, kind)
  const atFault = kind === 'no_connection' || kind === 'no_name' || kind === 'timeout'
  return later(now, atFault ? UNREACHED_WAIT_MS : SETTING_WAIT_MS, kind)
}

/** With a key that the gateway honours it may go again: it is still one message. Else nobody knows. */
function unclear({ keyHonoured }: HttpSettings, now: Date, reason: string): Outcome {
  return keyHonoured ? { ...later(now, AGAIN_WAIT_MS, reason), tried: true } : { kind: 'unknown', reason }
}

function later(now: Date, ms: number, reason: string) {
  return { kind: 'postponed' as const, until: new Date(now.getTime() + ms), reason }
}

/** Seconds, as gateways write it (RFC 9110 §10.2.3); a date is left alone. */
function retryAfterMs(written: string | undefined): number | null {
  if (!written || !/^\d+$/.test(written)) return null
  return Math.min(Number(written), LONGEST_WAIT_SECONDS) * 1_000
}

/** What a gateway says of a message it is asked about. */
export function answerOf({ status, body }: GuardedAnswer, settings: HttpSettings): Answer {
  if (status === 404 && settings.askUrl.includes('{key}')) return { kind: 'missing' }
  if (status !== 200) return { kind: 'unknown' }
  const said = stateOf(at(settings.receiptStatePath, jsonOf(body)), settings)
  return said === null ? { kind: 'accepted' } : { kind: said }
}

/** What a word of the gateway says; null when it is under way. */
export function stateOf(word: string | null, settings: HttpSettings): 'delivered' | 'failed' | null {
  if (word === null) return null
  if (listOf(settings.receiptDelivered).includes(word)) return 'delivered'
  return listOf(settings.receiptFailed).includes(word) ? 'failed' : null
}
