import type { Id } from '../../../core/kernel/index.ts'
import type { Answer, Asking, Outcome } from '../../../core/release/index.ts'
import { GuardedFault, guardedRequest, networkPolicy, type GuardedRequest } from '../../../platform/http/index.ts'
import { lapseOf, openGate, type Lapse } from '../gate.ts'
import type { Road, SmsText, Surroundings } from '../road.ts'
import { answerOf, outcomeOf, unheard } from './outcomes.ts'
import { listOf, type HttpSettings } from './settings.ts'
import { fill, headersOf, type Values } from './template.ts'

/** An HTTP gateway as its road needs it. */
export interface HttpGateway {
  readonly id: Id<'gateway'>
  readonly settings: HttpSettings
  readonly secret: string
  readonly windowSize: number
  readonly ratePerSecond: number
}

const MOST_ANSWER_BYTES = 65_536
const ASK_MS = 10_000

/** Speaks to a gateway that takes one text a request; its receipts come by `receipts.ts`. */
export function openHttpRoad(gateway: HttpGateway, surroundings: Pick<Surroundings, 'now'>): Road {
  const { settings, secret } = gateway
  const gate = openGate(gateway.windowSize, gateway.ratePerSecond)
  const options = { policy: networkPolicy(listOf(settings.networks)) }
  const underWay = new Set<Promise<unknown>>()

  async function sendText(text: SmsText, lapse: Lapse, signal: AbortSignal): Promise<Outcome> {
    const now = surroundings.now()
    if (!(await gate.enter(lapse))) return { kind: 'postponed', until: now, reason: 'window_full' }
    try {
      const answer = await guardedRequest({ ...requestOf(text), signal }, options)
      return outcomeOf(answer, settings, surroundings.now())
    } catch (thrown) {
      if (!(thrown instanceof GuardedFault)) throw thrown
      return unheard(thrown, settings, surroundings.now())
    } finally {
      gate.leave()
    }
  }
  function requestOf({ deliveryId, to, text }: SmsText): GuardedRequest {
    const values = { ...numbers(to), text, from: settings.from, key: deliveryId, secret }
    const headers = { [settings.keyHeader.toLowerCase()]: deliveryId, ...headersOf(settings.headers, values) }
    const { method, bodyKind } = settings
    const asked = { url: fill(settings.url, values, 'url'), method, timeoutMs: settings.answerSeconds * 1_000 }
    if (method === 'GET') return { ...asked, headers, mostBytes: MOST_ANSWER_BYTES }
    const type = bodyKind === 'json' ? 'application/json' : 'application/x-www-form-urlencoded'
    const body = fill(settings.body, values, bodyKind)
    return { ...asked, headers: { 'content-type': type, ...headers }, body, mostBytes: MOST_ANSWER_BYTES }
  }
  return {
    send(texts, signal) {
      const lapse = lapseOf(signal)
      const sent = Promise.all(texts.map((text) => sendText(text, lapse, signal)))
      underWay.add(sent)
      return sent.finally(() => underWay.delete(sent))
    },
    async ask({ deliveryId, ref, refs }: Asking): Promise<Answer> {
      const values: Values = { key: deliveryId, secret, ref: ref ?? refs[0] ?? '' }
      if (settings.askUrl === '' || (settings.askUrl.includes('{ref}') && values['ref'] === ''))
        return { kind: 'unknown' }
      const url = fill(settings.askUrl, values, 'url')
      const headers = headersOf(settings.headers, values)
      const asked = { url, headers, method: 'GET' as const, timeoutMs: ASK_MS, mostBytes: MOST_ANSWER_BYTES }
      return guardedRequest(asked, options).then(
        (answer) => answerOf(answer, settings),
        () => ({ kind: 'unknown' as const }),
      )
    },
    async close() {
      await Promise.allSettled(underWay)
    },
  }
}

function numbers(to: string): Values {
  return { to, toPlus: `+${to}`, toLocal: to.replace(/^84/, '0') }
}
