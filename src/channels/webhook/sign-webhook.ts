import { createHmac } from 'node:crypto'

/**
 * The headers by which a receiver checks a webhook (Standard Webhooks, "Signature scheme"): the id, which stays the same
 * over tries, the second it was sent, and for each secret that signs an HMAC-SHA256 of id, second and body.
 */
export function signatureHeaders(
  secrets: readonly string[],
  { id, at, body }: { readonly id: string; readonly at: Date; readonly body: string },
): Record<string, string> {
  const second = String(Math.floor(at.getTime() / 1_000))
  const signed = `${id}.${second}.${body}`
  const signatures = secrets.map(
    (secret) => `v1,${createHmac('sha256', keyOf(secret)).update(signed).digest('base64')}`,
  )
  return { 'webhook-id': id, 'webhook-timestamp': second, 'webhook-signature': signatures.join(' ') }
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
}
