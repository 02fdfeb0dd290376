interface Sent {
  readonly bytes: Uint8Array
  readonly name: string
  readonly mime: string
  /** Shown in the page instead of being offered to keep. Only for what cannot carry a script. */
  readonly inline?: boolean
}

/** A kept file as an answer. Whatever is in it, nothing of it runs: no type is guessed and the policy allows nothing. */
export function sendFile({ bytes, name, mime, inline = false }: Sent): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': mime,
      'content-disposition': `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(name)}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, max-age=3600',
    },
  })
}
