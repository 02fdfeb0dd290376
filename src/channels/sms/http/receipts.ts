import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Gateway } from '../../../core/gateway/index.ts'
import { settingsOf } from '../../../core/gateway/index.ts'
import type { Receipt } from '../../../core/release/index.ts'
import { asksToEnd } from '../opt-out.ts'
import { stateOf } from './outcomes.ts'
import { HTTP_FIELDS } from './settings.ts'
import { at, jsonOf } from './template.ts'

/** A request that a gateway made to us. */
export interface Brought {
  /** What stands behind the `?` of its address. */
  readonly query: URLSearchParams
  readonly headers: { get(name: string): string | null }
  readonly body: Uint8Array
}

/** What it says: receipts, and phones that want no more. */
export interface Read {
  readonly receipts: readonly Receipt[]
  readonly endFor: readonly string[]
}

/**
 * Reads what an HTTP gateway brings; null when it does not show that it is the one: by `x-loa-signature: sha256=…`, the HMAC
 * of the body under the secret, or by the token, as `Authorization: Bearer …` or `?token=…`.
 */
export function readBrought(gateway: Gateway, secret: string, brought: Brought, now: Date): Read | null {
  if (!isGenuine(gateway.code, secret, brought)) return null
  const settings = settingsOf(HTTP_FIELDS, gateway.settings)
  const receipts: Receipt[] = []
  const endFor: string[] = []
  for (const entry of entriesOf(brought)) {
    const ref = at(settings.receiptRefPath, entry)
    const word = at(settings.receiptStatePath, entry)
    const state = stateOf(word, settings)
    if (ref && state) receipts.push({ gatewayId: gateway.id, ref, state, at: now, detail: word ?? '' })
    const phone = at(settings.phoneFromPath, entry)
    if (phone && asksToEnd(at(settings.phoneTextPath, entry) ?? '', settings.stopWords)) endFor.push(phone)
  }
  return { receipts, endFor }
}

/** For gateways that can sign nothing: known to whoever knows the secret, and tells nothing of it. */
export function receiptToken(code: string, secret: string): string {
  return createHmac('sha256', secret).update(`receipts:${code}`).digest('base64url')
}

function isGenuine(code: string, secret: string, { query, headers, body }: Brought): boolean {
  // Without a secret anybody could make both.
  if (secret === '') return false
  const signature = /^sha256=([0-9a-f]{64})$/i.exec(headers.get('x-loa-signature') ?? '')?.[1]
  if (signature) return same(signature.toLowerCase(), createHmac('sha256', secret).update(body).digest('hex'))
  const bearer = /^Bearer (.+)$/.exec(headers.get('authorization') ?? '')?.[1]
  return same(bearer ?? query.get('token') ?? '', receiptToken(code, secret))
}

function same(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** One or many in JSON, or one behind the `?`. The web takes no form from another origin, so none comes here. */
function entriesOf({ query, body }: Brought): unknown[] {
  if (body.length === 0) return [Object.fromEntries(query)]
  const json = jsonOf(body)
  return Array.isArray(json) ? json : [json]
}
