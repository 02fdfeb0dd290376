import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the receiver behind a path does; any other path takes what it gets. */
const BEHAVIOURS: Readonly<Record<string, (call: Call) => void>> = {
  /** Does not want it. */
  '/refused': ({ response }) => response.writeHead(422).end('{"error":"không hợp lệ"}'),
  /** Wants no more, for good. */
  '/gone': ({ response }) => response.writeHead(410).end(),
  /** Too fast at first, then takes it. */
  '/throttled': (call) =>
    call.kept.calls === 1 ? call.response.writeHead(429, { 'retry-after': '2' }).end() : take(call),
  /** Broken at first, then takes it. */
  '/busy': (call) => (call.kept.calls === 1 ? call.response.writeHead(503).end('bảo trì') : take(call)),
  /** Takes it and never says so. */
  '/silent': ({ kept }) => void (kept.kept = true),
  /** Takes it and hangs up before it has said so; knows it the next time. */
  '/dies': (call) => {
    if (call.kept.kept) return take(call)
    call.kept.kept = true
    call.response.destroy()
  },
  /** Has moved, and says where. */
  '/moved': ({ response }) => response.writeHead(308, { location: '/good' }).end(),
  /** Takes it and talks without end. */
  '/endless': ({ kept, response }) => {
    kept.kept = true
    const more = () => {
      if (response.destroyed) return
      response.write('x'.repeat(1_000))
      setTimeout(more, 5)
    }
    more()
  },
}

/** What really came in under one `webhook-id`. */
export interface SimulatedWebhook {
  readonly path: string
  readonly type: string
  /** How often it was called, and whether it was taken: once, however often it came. */
  calls: number
  kept: boolean
}

interface Call {
  readonly kept: SimulatedWebhook
  readonly response: ServerResponse
}

export interface WebhookSimulator {
  readonly port: number
  /** By `webhook-id`: what the receiver has seen, counted there. */
  counts(): ReadonlyMap<string, Readonly<SimulatedWebhook>>
  close(): Promise<void>
}

/** A machine that receives webhooks, on this computer alone; its paths play receivers of every kind. */
export async function startWebhookSimulator({ port = 0 }: { readonly port?: number } = {}): Promise<WebhookSimulator> {
  const seen = new Map<string, SimulatedWebhook>()
  const server: Server = createServer((request, response) => {
    receive(request, response, seen).catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    counts: () => seen,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function receive(request: IncomingMessage, response: ServerResponse, seen: Map<string, SimulatedWebhook>) {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) body += chunk
  const id = String(request.headers['webhook-id'] ?? '')
  const path = request.url ?? '/'
  const { type } = JSON.parse(body) as { type: string }
  const kept = seen.get(id) ?? { path, type, calls: 0, kept: false }
  kept.calls++
  seen.set(id, kept)
  ;(BEHAVIOURS[path] ?? take)({ kept, response })
}

function take({ kept, response }: Call): void {
  kept.kept = true
  response.writeHead(204).end()
}
