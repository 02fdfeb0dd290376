import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** What came in under one `idempotency-key`. */
export interface SimulatedPackage {
  /** How often it was sent. */
  calls: number
  /** Whether it was taken: once, however often it came. */
  kept: boolean
  readonly authorization: string
  bytes: Uint8Array
}

export interface BridgeSimulator {
  readonly port: number
  packages(): ReadonlyMap<string, Readonly<SimulatedPackage>>
  close(): Promise<void>
}

/** What the system behind a path does; any other path takes what it gets. */
const BEHAVIOURS: Readonly<Record<string, (kept: SimulatedPackage, response: ServerResponse) => void>> = {
  '/refused': (_kept, response) => void response.writeHead(422).end('{"message":"sai cấu trúc"}'),
  '/busy': (kept, response) => {
    if (kept.calls === 1) return void response.writeHead(503).end('bảo trì')
    take(kept, response)
  },
  /** Takes it and hangs up before it has said so; knows it the next time. */
  '/dies': (kept, response) => {
    if (kept.kept) return take(kept, response)
    kept.kept = true
    response.destroy()
  },
  '/down': (_kept, response) => void response.writeHead(500).end(),
}

/** A source-information system that packages are pushed to, on this computer alone. */
export async function startBridgeSimulator({ port = 0 }: { readonly port?: number } = {}): Promise<BridgeSimulator> {
  const seen = new Map<string, SimulatedPackage>()
  const server = createServer((request, response) => {
    buffer(request).then(
      (bytes) => {
        const key = String(request.headers['idempotency-key'] ?? '')
        const authorization = request.headers.authorization ?? ''
        const kept = seen.get(key) ?? { calls: 0, kept: false, authorization, bytes }
        kept.calls++
        kept.bytes = bytes
        seen.set(key, kept)
        ;(BEHAVIOURS[request.url ?? '/'] ?? take)(kept, response)
      },
      () => response.destroy(),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    packages: () => seen,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function take(kept: SimulatedPackage, response: ServerResponse): void {
  kept.kept = true
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"message":"đã nhận"}')
}
