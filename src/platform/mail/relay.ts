/** A server that takes our mail on to others. */
export interface Relay {
  readonly host: string
  readonly port: number
  /** TLS from the first byte; without it STARTTLS where the server offers it. */
  readonly secure: boolean
  readonly user: string | null
  readonly password: string | null
}

const SUBMISSION_PORT = 587
const SECURE_PORT = 465

/** A relay by its address: `smtp://name:secret@mail.example.vn:587` or `smtps://…`. @throws Error that shows no secret. */
export function relayOfUrl(address: string): Relay {
  const url = URL.canParse(address) ? new URL(address) : null
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === '') {
    throw new Error('SMTP_URL must look like smtp://mail.example.vn:587 or smtps://name:secret@mail.example.vn')
  }
  const secure = url.protocol === 'smtps:'
  return {
    host: url.hostname,
    port: Number(url.port) || (secure ? SECURE_PORT : SUBMISSION_PORT),
    secure,
    user: decodeURIComponent(url.username) || null,
    password: decodeURIComponent(url.password) || null,
  }
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[?::1\]?)$/

/** A name and a password never go over a wire that others can read. */
export function needsTls({ host, user }: Relay): boolean {
  return user !== null && !LOOPBACK.test(host)
}
