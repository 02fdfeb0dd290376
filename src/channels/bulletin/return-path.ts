import { timingSafeEqual } from 'node:crypto'
import type { Ctx, Id } from '../../core/kernel/index.ts'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567' // RFC 4648 section 6, small: servers may not keep the case
const PROOF_LETTERS = 16
const SHAPE = /^b-([a-z2-7]{26})-([a-z2-7]{16})$/

/**
 * Where a letter comes back to: an address of its own for each row (VERP), with a proof of 80 bits that we wrote it, so
 * that nobody can say of a letter they never saw that it came back.
 */
export async function returnAddress(ctx: Ctx, deliveryId: Id<'delivery'>, domain: string): Promise<string> {
  const named = base32(Buffer.from(deliveryId.replaceAll('-', ''), 'hex'))
  return `b-${named}-${await proofOf(ctx, named)}@${domain}`
}

/** The row of a return address; null for one that we did not write. */
export async function readReturnAddress(ctx: Ctx, address: string): Promise<Id<'delivery'> | null> {
  const [, named = '', proof = ''] = SHAPE.exec(address.trim().toLowerCase().split('@')[0] ?? '') ?? []
  if (named === '' || !timingSafeEqual(Buffer.from(await proofOf(ctx, named)), Buffer.from(proof))) return null
  const hex = unbase32(named).toString('hex')
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)]
  return parts.join('-') as Id<'delivery'> // the proof says that we wrote it
}

async function proofOf(ctx: Ctx, named: string): Promise<string> {
  const proof = Buffer.from(await ctx.secrets.fingerprint(named, 'mail.return'), 'base64url')
  return base32(proof).slice(0, PROOF_LETTERS)
}

function base32(bytes: Buffer): string {
  let [text, held, bits] = ['', 0, 0]
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += LETTERS[(held >> bits) & 31]
    }
    held &= (1 << bits) - 1
  }
  return bits === 0 ? text : text + LETTERS[(held << (5 - bits)) & 31]
}

function unbase32(text: string): Buffer {
  const bytes: number[] = []
  let [held, bits] = [0, 0]
  for (const letter of text) {
    held = (held << 5) | LETTERS.indexOf(letter)
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes.push((held >> bits) & 255)
    held &= (1 << bits) - 1
  }
  return Buffer.from(bytes)
}
