import type { RequestListener } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { audioFor } from '../app/speaker-audio.ts'
import type { Ctx } from '../core/kernel/index.ts'
import { heldFiles } from '../platform/files/held-files.ts'
import { rangeOf } from './forms/send-file.ts'

const PATH = /^\/speaker\/audio\/([^/?]+)$/
/** Some warnings and the bulletins of a day. */
const HELD_BYTES = 32_000_000
/** Films of boards are longer, and asked for by few: they go from the disk as they are read. */
const MOST_HELD = 8_000_000

/**
 * A recording, a picture or a film for a device, whole or from where its line broke; all else goes on to `next`. Its name is
 * its hash, so it never changes. Besides the pages, since a warning is brought by all devices of a province at once.
 */
export function giveDeviceFiles(ctx: Ctx, next: RequestListener): RequestListener {
  const held = heldFiles(ctx.files, HELD_BYTES)
  return (request, response) => {
    const sha256 = request.method === 'GET' ? PATH.exec(request.url ?? '')?.[1] : undefined
    if (sha256 === undefined) return next(request, response)
    answer(request, response, sha256).catch((fault: unknown) => {
      console.error('A device asked for a file:', fault)
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  }

  async function answer(...[request, response, sha256]: [...Parameters<RequestListener>, string]): Promise<void> {
    const { headers: asked } = request
    const audio = await audioFor(ctx, asked.authorization ?? null, sha256)
    const whole = 'status' in audio || audio.bytes > MOST_HELD ? null : await held.bytes(sha256)
    const isThere = 'status' in audio || whole !== null || (await ctx.files.has(sha256))
    if ('status' in audio || !isThere) {
      // A device whose clock is off signs anew by this one.
      const time = String(Math.floor(ctx.clock.now().getTime() / 1_000))
      const status = 'status' in audio ? audio.status : 404
      response.writeHead(status, { 'loa-time': time, 'cache-control': 'no-store' }).end()
      return
    }
    const etag = `"${sha256}"`
    const headers = {
      ...{ 'content-type': audio.mime, 'accept-ranges': 'bytes', etag, 'cache-control': 'private, no-store' },
      'x-content-type-options': 'nosniff',
    }
    const isSame = [undefined, etag].includes(asked['if-range']?.toString())
    const range = isSame ? rangeOf(asked.range ?? null, audio.bytes) : null
    if (range === 'none') {
      response.writeHead(416, { ...headers, 'content-range': `bytes */${audio.bytes}` }).end()
      return
    }
    const [from, to] = range ?? [0, audio.bytes - 1]
    response.writeHead(range ? 206 : 200, {
      ...headers,
      'content-length': to - from + 1,
      ...(range && { 'content-range': `bytes ${from}-${to}/${audio.bytes}` }),
    })
    if (whole) response.end(whole.subarray(from, to + 1))
    else await pipeline(Readable.fromWeb(ctx.files.stream(sha256, from, to) as never), response).catch(hungUp)
  }
}

/** Whose line broke comes again. */
function hungUp(): void {}
