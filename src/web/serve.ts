import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import compression from 'compression'
import type { PortalState } from '../app/portal-watch.ts'
import type { Ctx } from '../core/kernel/index.ts'
import { giveDeviceFiles } from './device-files.ts'
import { cachePublic } from './public-cache/index.ts'

interface ServeOptions {
  readonly port: number
  /** The address to listen on; `127.0.0.1` unless the office is to be reached from other machines. */
  readonly host?: string
  /** The largest form or file taken, as `60M`. */
  readonly bodySizeLimit?: string
  /** What the public reads now; without it public pages are made anew for everyone. */
  readonly portalNow?: () => PortalState | null
  /** Under which address the portal is known; null: as each request says. */
  readonly origin?: string | null
  /** Who asks for the files of devices; without it devices get none. */
  readonly ctx?: Ctx
}

const BUILT = new URL('../../build/handler.js', import.meta.url)
const APPLICATION = new URL('../../build/adapter-node.js', import.meta.url)

/**
 * Serves the built console. The handler reads its settings from the environment when it is first imported, so this
 * sets them before. Behind a proxy that speaks TLS, the proxy says so by `x-forwarded-proto`.
 */
export async function serveWeb(options: ServeOptions): Promise<Server> {
  const { port, host = '127.0.0.1', bodySizeLimit = '60M', portalNow, origin = null, ctx } = options
  process.env.BODY_SIZE_LIMIT ??= bodySizeLimit
  process.env.PROTOCOL_HEADER ??= 'x-forwarded-proto'
  const { handler } = (await import(BUILT.href)) as { handler: RequestListener }
  const made = compressed(handler)
  const pages = portalNow ? cachePublic({ render: await renderer(), current: portalNow, next: made, origin }) : made
  const answer = ctx ? giveDeviceFiles(ctx, pages) : pages
  const server = createServer((request, response) => {
    sayPlainHttp(request)
    sayNoForm(request)
    answer(request, response)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return server
}

/**
 * Pages and what scripts ask for go out in a fifth of their bytes: a page of the office is seldom the same twice, and often
 * read over a weak network. Files of the build are compressed when it is made, sounds and pictures are by nature.
 * Another site could learn what stands in a page only by having its reader ask for it over and over (BREACH); our cookie
 * goes with no request that another site makes by itself (SameSite).
 */
function compressed(handler: RequestListener): RequestListener {
  const compress = compression({ filter: (_, response) => WORDS.test(String(response.getHeader('content-type'))) })
  return (request, response) => compress(request as never, response as never, () => handler(request, response))
}

const WORDS = /^(text\/html|application\/json|text\/csv)\b/

/** Without a proxy the request came by plain HTTP; the handler would else take it for HTTPS and refuse every form. */
function sayPlainHttp(request: IncomingMessage): void {
  request.headers['x-forwarded-proto'] ??= 'http'
}

/** What the handler asks itself for a page, without anybody's request: it was made ready when the handler was imported. */
async function renderer(): Promise<(url: string) => Promise<Response>> {
  const { server } = (await import(APPLICATION.href)) as {
    server: { respond(request: Request, from: { getClientAddress(): string }): Promise<Response> }
  }
  return (url) => server.respond(new Request(url), { getClientAddress: () => '127.0.0.1' })
}

/** Where mail programs leave a list for their readers. They post a form without an origin (RFC 8058), which is else refused. */
const ONE_CLICK = /^\/cong\/ngung-nhan\/[\w-]+$/

/** What stands in such a form does not matter, and no cookie counts there: it is no form of ours that another site could send. */
function sayNoForm(request: IncomingMessage): void {
  if (request.method === 'POST' && ONE_CLICK.test(request.url ?? ''))
    request.headers['content-type'] = 'application/octet-stream'
}
