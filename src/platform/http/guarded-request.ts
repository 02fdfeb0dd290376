import { lookup } from 'node:dns/promises'
import http, { type IncomingMessage, type RequestOptions } from 'node:http'
import https from 'node:https'
import type { NetworkPolicy } from './network-policy.ts'

export interface GuardedRequest {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** For all of it, from the look-up of the name to the last byte. */
  readonly timeoutMs: number
  /** Of the answer no more bytes than this are read. */
  readonly mostBytes: number
  readonly signal?: AbortSignal
}

export interface GuardedAnswer {
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** False where the body was longer than asked for, or broke off. */
  readonly whole: boolean
  readonly tookMs: number
}

export type Resolve = (host: string) => Promise<readonly { readonly address: string; readonly family: number }[]>

export interface GuardedOptions {
  readonly policy: NetworkPolicy
  /** Whether plain HTTP may go through the public network; false unless what is sent may be read and changed on its way. */
  readonly plainHttp?: boolean
  /** How names are looked up; by the system unless a test plays a hostile server of names. */
  readonly resolve?: Resolve
  /** Certificates trusted besides those of the system, in PEM: of an office with an authority of its own, and of tests. */
  readonly ca?: string
}

/** Why no answer came. */
export type GuardedFaultKind =
  /** No address of the web that we would call. */
  | 'bad_address'
  /** It leads to a network that is not allowed. */
  | 'private_network'
  /** Plain HTTP through the public network. */
  | 'plain_http'
  | 'no_name'
  | 'no_connection'
  | 'bad_certificate'
  | 'timeout'
  | 'cut_off'

/** No answer came. `mayHaveArrived` says whether the other side may have what was sent: only false is certain. */
export class GuardedFault extends Error {
  readonly kind: GuardedFaultKind
  readonly mayHaveArrived: boolean
  readonly tookMs: number

  constructor(kind: GuardedFaultKind, facts: { mayHaveArrived?: boolean; tookMs?: number; cause?: unknown } = {}) {
    super(kind, { cause: facts.cause })
    this.name = 'GuardedFault'
    this.kind = kind
    this.mayHaveArrived = facts.mayHaveArrived ?? false
    this.tookMs = facts.tookMs ?? 0
  }
}

/**
 * Calls a machine whose address somebody typed. The name is looked up once, by us; every address it has is held against
 * the policy; and the connection goes to one of these very addresses, so that a name that changes in between
 * (DNS rebinding) leads nowhere else. Redirects are answers like others, never followed.
 *
 * @throws GuardedFault when no answer came.
 */
export async function guardedRequest(request: GuardedRequest, options: GuardedOptions): Promise<GuardedAnswer> {
  const began = performance.now()
  const timeout = AbortSignal.timeout(request.timeoutMs)
  const signal = request.signal ? AbortSignal.any([timeout, request.signal]) : timeout
  const tookMs = () => Math.round(performance.now() - began)
  const call = { sent: false }
  try {
    const url = urlOf(request.url)
    const addresses = await checkedAddresses(url, options, signal)
    const answer = await answerOf(url, request, addresses, { ca: options.ca, signal, call })
    return { ...answer, tookMs: tookMs() }
  } catch (cause) {
    if (cause instanceof GuardedFault) throw new GuardedFault(cause.kind, { ...cause, tookMs: tookMs(), cause })
    const kind = signal.aborted ? 'timeout' : kindOf(cause, call.sent)
    throw new GuardedFault(kind, { mayHaveArrived: call.sent, tookMs: tookMs(), cause })
  }
}

/** What a name leads to now, held against the policy; for a person who wants to know before anything is sent. */
export async function checkAddress(address: string, options: GuardedOptions): Promise<GuardedFaultKind | null> {
  try {
    await checkedAddresses(urlOf(address), options, AbortSignal.timeout(5_000))
    return null
  } catch (thrown) {
    return thrown instanceof GuardedFault ? thrown.kind : 'no_name'
  }
}

function urlOf(address: string): URL {
  const url = URL.parse(address)
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new GuardedFault('bad_address')
  }
  return url
}

type Addresses = readonly { readonly address: string; readonly family: number }[]

/** One private address among public ones is a trap, not a choice. */
async function checkedAddresses(url: URL, options: GuardedOptions, signal: AbortSignal): Promise<Addresses> {
  const { policy, plainHttp = false, resolve = resolveAll } = options
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  const addresses = await addressesOf(url.hostname.replace(/^\[(.*)\]$/, '$1'), resolve, signal)
  if (addresses.length === 0) throw new GuardedFault('no_name')
  if (!addresses.every(({ address }) => policy.allows(address, port))) throw new GuardedFault('private_network')
  if (url.protocol === 'http:' && !plainHttp && addresses.some(({ address }) => policy.isPublic(address))) {
    throw new GuardedFault('plain_http')
  }
  return addresses
}

async function addressesOf(host: string, resolve: Resolve, signal: AbortSignal): Promise<Addresses> {
  if (/^[\d.]+$/.test(host)) return [{ address: host, family: 4 }]
  if (host.includes(':')) return [{ address: host, family: 6 }]
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('the name was looked up for too long')), { once: true })
  })
  try {
    return await Promise.race([resolve(host), late])
  } catch (cause) {
    if (signal.aborted) throw cause
    throw new GuardedFault('no_name', { cause })
  }
}

const resolveAll: Resolve = (host) => lookup(host, { all: true, verbatim: true })

interface Calling {
  readonly ca: string | undefined
  readonly signal: AbortSignal
  readonly call: { sent: boolean }
}

function answerOf(
  url: URL,
  { method, headers, body, mostBytes }: GuardedRequest,
  addresses: Addresses,
  { ca, signal, call }: Calling,
): Promise<Omit<GuardedAnswer, 'tookMs'>> {
  const given: RequestOptions & { ca?: string | undefined } = {
    method,
    signal,
    agent: false,
    headers: { ...headers, ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }) },
    // Whatever is asked for, these are the addresses: they have been looked at, others have not.
    lookup: (_host, { all }, answer) => {
      const [first] = addresses
      if (all) answer(null, [...addresses])
      else answer(null, first?.address ?? '', first?.family ?? 4)
    },
    ...(ca !== undefined && { ca }),
  }
  return new Promise((resolve, reject) => {
    const outgoing = (url.protocol === 'https:' ? https : http).request(url, given)
    // From here on the other side may have got it, whatever we hear.
    outgoing.on('socket', (socket) => {
      const ready = url.protocol === 'https:' ? 'secureConnect' : 'connect'
      socket.once(ready, () => (call.sent = true))
    })
    outgoing.on('response', (incoming) => {
      readUpTo(incoming, mostBytes).then(
        (read) => resolve({ status: incoming.statusCode ?? 0, headers: plainHeaders(incoming), ...read }),
        reject,
      )
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** The first bytes; whoever sends more is hung up on. A status that came stays said when its body breaks off. */
async function readUpTo(incoming: IncomingMessage, most: number): Promise<{ body: Uint8Array; whole: boolean }> {
  const chunks: Buffer[] = []
  let length = 0
  let whole = true
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      length += chunk.length
      if (length > most) break
    }
  } catch {
    whole = false
  }
  incoming.destroy()
  return { body: Buffer.concat(chunks).subarray(0, most), whole: whole && length <= most }
}

function plainHeaders({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]))
}

function kindOf(cause: unknown, sent: boolean): GuardedFaultKind {
  if (sent) return 'cut_off'
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return /CERT|SIGNATURE|ALTNAME|SSL|TLS/.test(code) ? 'bad_certificate' : 'no_connection'
}
