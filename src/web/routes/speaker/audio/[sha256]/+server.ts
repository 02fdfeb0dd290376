import { audioFor } from '#app/speaker-audio.ts'
import { rangeOf } from '#web/forms/send-file.ts'
import type { RequestHandler } from './$types.ts'

/** A recording, a picture or a film for a device, whole or from where its line broke. Its name is its hash, so it never changes. */
export const GET: RequestHandler = async ({ locals: { ctx }, params: { sha256 }, request }) => {
  const { headers: asked } = request
  const audio = await audioFor(ctx, asked.get('authorization'), sha256)
  if ('status' in audio) {
    // A device whose clock is off signs anew by this one.
    const time = String(Math.floor(ctx.clock.now().getTime() / 1_000))
    return new Response(null, { status: audio.status, headers: { 'loa-time': time, 'cache-control': 'no-store' } })
  }
  const etag = `"${sha256}"`
  const headers = { 'content-type': audio.mime, 'accept-ranges': 'bytes', etag, 'cache-control': 'private, no-store' }
  const isSame = [null, etag].includes(asked.get('if-range'))
  const range = isSame ? rangeOf(asked.get('range'), audio.bytes) : null
  if (range === 'none') {
    return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${audio.bytes}` } })
  }
  const [from, to] = range ?? [0, audio.bytes - 1]
  return new Response(ctx.files.stream(sha256, from, to), {
    status: range ? 206 : 200,
    headers: {
      ...headers,
      'content-length': String(to - from + 1),
      ...(range && { 'content-range': `bytes ${from}-${to}/${audio.bytes}` }),
    },
  })
}
