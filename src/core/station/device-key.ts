import { createPublicKey, type KeyObject } from 'node:crypto'

/** A public key of Ed25519 from its 32 bytes, as devices and tables hold it; null where they are none. */
export function publicKeyOf(raw: Uint8Array): KeyObject | null {
  if (raw.length !== 32) return null
  try {
    return createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(raw).toString('base64url') },
      format: 'jwk',
    })
  } catch {
    return null
  }
}

/** Its 32 bytes. */
export function rawPublicKey(key: KeyObject): Buffer {
  return Buffer.from(String(key.export({ format: 'jwk' }).x), 'base64url')
}
