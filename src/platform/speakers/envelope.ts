import { createHash, sign, verify, type KeyObject } from 'node:crypto'
import * as v from 'valibot'

/** What is signed is the bytes themselves, so that no two programs need to write JSON alike. */
const Envelope = v.object({ p: v.string(), k: v.string(), s: v.string() })
const CONTEXT = Buffer.from('loa-speaker-v1\0')
const LARGEST_BYTES = 4_000_000

/** Puts a payload under the signature of a key: `{"p": payload, "k": id of the key, "s": Ed25519 over context + payload}`. */
export function seal(payload: unknown, key: { readonly id: string; readonly privateKey: KeyObject }): Buffer {
  const bytes = Buffer.from(JSON.stringify(payload))
  const signature = sign(null, Buffer.concat([CONTEXT, bytes]), key.privateKey)
  return Buffer.from(JSON.stringify({ p: bytes.toString('base64url'), k: key.id, s: signature.toString('base64url') }))
}

/** The payload, where a key that `keyOf` knows signed these very bytes and they have the shape; else why not. */
export function open<Schema extends v.GenericSchema>(
  message: Uint8Array,
  keyOf: (id: string) => KeyObject | null,
  schema: Schema,
): { readonly payload: v.InferOutput<Schema>; readonly keyId: string } | { readonly refused: Refused } {
  if (message.length > LARGEST_BYTES) return { refused: 'too_large' }
  const envelope = v.safeParse(Envelope, parsed(Buffer.from(message).toString('utf8')))
  if (!envelope.success) return { refused: 'malformed' }
  const { p, k, s } = envelope.output
  const key = keyOf(k)
  if (!key) return { refused: 'unknown_key' }
  const bytes = Buffer.from(p, 'base64url')
  if (!verify(null, Buffer.concat([CONTEXT, bytes]), key, Buffer.from(s, 'base64url'))) return { refused: 'forged' }
  const payload = v.safeParse(schema, parsed(bytes.toString('utf8')))
  return payload.success ? { payload: payload.output, keyId: k } : { refused: 'malformed' }
}

export type Refused = 'too_large' | 'malformed' | 'unknown_key' | 'forged'

/** Binds an entry of a log to all before it: SHA-256, hex, over the JSON of the entry as it was sent. */
export function hashOf(entry: unknown): string {
  return createHash('sha256').update(JSON.stringify(entry)).digest('hex')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
