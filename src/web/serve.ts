import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'

interface ServeOptions {
  readonly port: number
  /** The address to listen on; `127.0.0.1` unless the office is to be reached from other machines. */
  readonly host?: string
  /** The largest form or file taken, as `60M`. */
  readonly bodySizeLimit?: string
}

const BUILT = new URL('../../build/handler.js', import.meta.url)

/**
 * Serves the built console. The handler reads its settings from the environment when it is first imported, so this
 * sets them before. Behind a proxy that speaks TLS, the proxy says so by `x-forwarded-proto`.
 */
export async function serveWeb({ port, host = '127.0.0.1', bodySizeLimit = '60M' }: ServeOptions): Promise<Server> {
  process.env.BODY_SIZE_LIMIT ??= bodySizeLimit
  process.env.PROTOCOL_HEADER ??= 'x-forwarded-proto'
  const { handler } = (await import(BUILT.href)) as { handler: RequestListener }
  const server = createServer((request, response) => {
    sayPlainHttp(request)
    handler(request, response)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return server
}

/** Without a proxy the request came by plain HTTP; the handler would else take it for HTTPS and refuse every form. */
function sayPlainHttp(request: IncomingMessage): void {
  request.headers['x-forwarded-proto'] ??= 'http'
}
