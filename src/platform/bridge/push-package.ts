import type { Pushed, Pusher } from '../../core/bridge/index.ts'
import { GuardedFault, guardedRequest, type GuardedOptions } from '../http/index.ts'

/** A slow line of a commune: a package of a month with its recordings takes minutes. */
const TIMEOUT_MS = 5 * 60_000
const ANSWER_BYTES = 500
/** They may come right by themselves: too many calls, too early, or a machine that is being mended. */
const LATER = new Set([408, 425, 429])

/** Posts a package to the other system; the same exchange has the same `idempotency-key` however often it is tried. */
export function packagePusher(options: GuardedOptions & { readonly timeoutMs?: number }): Pusher {
  return async ({ address, secret, key, bytes }) => {
    const headers = {
      'content-type': 'application/zip',
      'idempotency-key': key,
      'user-agent': 'Loa-HTTTTN/1',
      ...(secret !== null && { authorization: `Bearer ${secret}` }),
    }
    const timeoutMs = options.timeoutMs ?? TIMEOUT_MS
    const request = { url: address, method: 'POST' as const, headers, body: bytes, timeoutMs, mostBytes: ANSWER_BYTES }
    try {
      const { status, body, tookMs } = await guardedRequest(request, options)
      return { ...meaningOf(status), status, tookMs, answer: answerOf(body) }
    } catch (thrown) {
      if (!(thrown instanceof GuardedFault)) throw thrown
      const never = thrown.kind === 'bad_address' || thrown.kind === 'private_network' || thrown.kind === 'plain_http'
      return { kind: never ? 'refused' : 'later', status: null, tookMs: thrown.tookMs, reason: thrown.kind, answer: '' }
    }
  }
}

function meaningOf(status: number): Pick<Pushed, 'kind' | 'reason'> {
  if (status >= 200 && status < 300) return { kind: 'taken', reason: '' }
  if (status >= 500 || LATER.has(status)) return { kind: 'later', reason: 'answered_later' }
  return { kind: 'refused', reason: 'answered_no' }
}

/** The database keeps no nought, and half a letter at the cut is none. */
function answerOf(body: Uint8Array): string {
  return Buffer.from(body)
    .toString('utf8')
    .replaceAll('\0', '')
    .replace(/\uFFFD+$/u, '')
}
