import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { sentinelOf } from './sentinels.ts'
import { openTakenBook, type Taken, type TakenCounts } from './taken.ts'

export interface HttpSimulatorOptions {
  /** 0 takes any that is free. */
  readonly port?: number
  /** What every request must bring as a bearer, and receipts are signed with. */
  readonly secret?: string
  /** Where receipts are posted; null: nowhere. */
  readonly receiptUrl?: string | null
  readonly receiptMs?: number
  readonly lateMs?: number
  /** The same key is taken once, and answered as before. */
  readonly honoursKeys?: boolean
  /** A file that remembers what was taken when this process is killed. */
  readonly journal?: string | null
}

export interface HttpSimulator {
  readonly port: number
  counts(): TakenCounts & { readonly brought: number }
  taken(to: string): readonly Taken[]
  close(): Promise<void>
}

interface Sent {
  readonly id: string
  readonly state: 'delivered' | 'failed'
}

const AGAIN_MS = 200
const MOST_TRIES = 50
const NOES = { refused: 400, throttled: 429, full: 503 } as const

/** An HTTP gateway as the settings of `http` take it at first, which obeys the numbers of `sentinels.ts`. */
export async function startHttpSimulator(options: HttpSimulatorOptions = {}): Promise<HttpSimulator> {
  const { secret = 'secret', receiptUrl = null, receiptMs = 20, lateMs = 5_000, journal = null } = options
  const book = openTakenBook(journal)
  const byKey = new Map<string, Sent>()
  const closing = new AbortController()
  let last = 0
  let brought = 0

  async function hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    if (request.headers.authorization !== `Bearer ${secret}`) return answer(401, { error: 'who are you' })
    if (request.method === 'GET') {
      const sent = byKey.get(decodeURIComponent(request.url?.split('/').at(-1) ?? ''))
      return sent ? answer(200, { id: sent.id, status: sent.state }) : answer(404, { error: 'no such message' })
    }
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const { to = '', from = '', text = '' } = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, string> // our own settings made it
    take({ to, from, text, part: 1, parts: 1 }, String(request.headers['idempotency-key'] ?? ''), answer, request)
  }
  function take(
    one: Taken,
    key: string,
    answer: (status: number, body: object) => void,
    { socket }: IncomingMessage,
  ): void {
    const sentinel = sentinelOf(one.to)
    if (sentinel === 'refused' || sentinel === 'throttled' || sentinel === 'full') {
      return answer(NOES[sentinel], { error: sentinel })
    }
    if (sentinel === 'silent') return
    const before = options.honoursKeys ? byKey.get(key) : undefined
    if (before) return answer(200, { id: before.id })
    book.take(one)
    const sent: Sent = { id: `h${++last}`, state: sentinel === 'undeliverable' ? 'failed' : 'delivered' }
    byKey.set(key, sent)
    const times = sentinel === 'lost' ? 0 : sentinel === 'doubled' ? 3 : 1
    for (let time = 0; time < times; time += 1) void bring(sent, sentinel === 'late' ? lateMs : receiptMs)
    if (sentinel === 'dies') return void socket.destroy()
    if (sentinel === 'early') setTimeout(() => answer(200, { id: sent.id }), 10 * receiptMs)
    else answer(200, { id: sent.id })
  }
  /** Again and again until it is answered for. */
  async function bring({ id, state }: Sent, afterMs: number): Promise<void> {
    const body = JSON.stringify({ id, status: state })
    const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
    const headers = { 'content-type': 'application/json', 'x-loa-signature': signature }
    for (let time = 0; receiptUrl && time < MOST_TRIES && !closing.signal.aborted; time += 1) {
      await wait(time === 0 ? afterMs : AGAIN_MS, undefined, { signal: closing.signal }).catch(() => undefined)
      const response = await fetch(receiptUrl, { method: 'POST', headers, body, signal: closing.signal }).catch(
        () => null,
      )
      if (response?.ok) {
        brought += 1
        return
      }
    }
  }

  const server = createServer((request, response) => {
    hear(request, response).catch(() => response.destroy())
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port, // it listens on TCP
    counts: () => ({ ...book.counts(), brought }),
    taken: (to) => book.of(to),
    async close() {
      closing.abort()
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}
