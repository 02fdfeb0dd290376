import { createPublicKey, type KeyObject } from 'node:crypto'

/** The 32 bytes of an Ed25519 key, base64url, as it travels (RFC 8037). */
export function rawKey(key: KeyObject): string {
  return String(key.export({ format: 'jwk' }).x)
}

/** Throws for what is no such key. */
export function publicKeyOf(raw: string): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw }, format: 'jwk' })
}
