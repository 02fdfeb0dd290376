interface Sent {
  readonly bytes: Uint8Array
  readonly name: string
  readonly mime: string
  /** Shown in the page instead of being offered to keep. Only for what cannot carry a script. */
  readonly inline?: boolean
  /** The `Range` header of the request: sound and film are wound to a place by it (RFC 9110 §14). */
  readonly range?: string | null
}

/** A kept file as an answer. Whatever is in it, nothing of it runs: no type is guessed and the policy allows nothing. */
export function sendFile({ bytes, name, mime, inline = false, range = null }: Sent): Response {
  const headers = {
    'content-type': mime,
    'content-disposition': `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(name)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, max-age=3600',
    'accept-ranges': 'bytes',
  }
  const asked = rangeOf(range, bytes.length)
  if (asked === null) return new Response(new Uint8Array(bytes), { headers })
  if (asked === 'none') {
    return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${bytes.length}` } })
  }
  const [from, to] = asked
  return new Response(new Uint8Array(bytes.subarray(from, to + 1)), {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${from}-${to}/${bytes.length}` },
  })
}

/** First and last byte asked for; null for all of it, also when several parts are asked; `none` when there are no such. */
export function rangeOf(header: string | null, length: number): readonly [from: number, to: number] | 'none' | null {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (!found || (found[1] === '' && found[2] === '')) return null
  const last = length - 1
  const [from, to] =
    found[1] === '' ? [Math.max(0, length - Number(found[2])), last] : [Number(found[1]), Number(found[2] || last)]
  return from > last || from > to ? 'none' : [from, Math.min(to, last)]
}
