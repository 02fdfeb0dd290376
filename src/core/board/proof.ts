import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto'
import type { Id } from '../kernel/index.ts'
import type { Showing } from './board.ts'

/** One entry of what a screen says it showed (nhật ký hiển thị). */
export interface Proof {
  readonly seq: number
  readonly showingId: Id<'showing'>
  readonly fromAt: Date
  readonly toAt: Date
  /** For how long the page could be seen, with one place behind the point. */
  readonly seconds: number
}

/** A proof with its signature: r and s of ECDSA P-256 with SHA-256, 64 bytes (IEEE P1363). */
export interface SignedProof extends Proof {
  readonly signature: Uint8Array
}

/** The very text that is signed: one line each, `previous` the hash of the text before, empty before the first. */
export function proofText(screenId: Id<'board_screen'>, previous: string, proof: Proof): string {
  const { seq, showingId, fromAt, toAt, seconds } = proof
  const [from, to] = [fromAt.getTime(), toAt.getTime()]
  return ['loa-board-proof/1', screenId, seq, previous, showingId, from, to, seconds.toFixed(1)].join('\n')
}

export function hashOfProof(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** The key of an uncompressed point; null where that is none, or does not lie on the curve P-256. */
export function keyOfPoint(point: Uint8Array): KeyObject | null {
  if (point.length !== 65 || point[0] !== 4) return null
  const half = (from: number) => Buffer.from(point.subarray(from, from + 32)).toString('base64url')
  try {
    return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: half(1), y: half(33) }, format: 'jwk' })
  } catch {
    return null
  }
}

/** Whether the holder of this key signed the text. */
export function isSigned(publicKey: Uint8Array, text: string, signature: Uint8Array): boolean {
  const key = keyOfPoint(publicKey)
  if (!key || signature.length !== 64) return false
  return verify('sha256', Buffer.from(text, 'utf8'), { key, dsaEncoding: 'ieee-p1363' }, signature)
}

/** Clocks of screens go wrong by this much, though they go by ours. */
const CLOCK_ERROR_MS = 2 * 60_000
/** Nobody reads a notice in less. */
export const LEAST_SECONDS = 2
/** An entry is written at the end of each turn, and a turn is no longer than this. */
const LONGEST_MS = 15 * 60_000

/** Why a signed entry does not count; empty where it does. Worded under `board_doubt_<code>`. */
export function doubtOf({ fromAt, toAt, seconds }: Proof, showing: Showing | undefined, now: Date): string {
  const [from, to] = [fromAt.getTime(), toAt.getTime()]
  if (!showing) return 'no_showing'
  if (to < from || to - from > LONGEST_MS || seconds * 1_000 > to - from + 1_500) return 'too_long'
  if (to > now.getTime() + CLOCK_ERROR_MS) return 'future'
  if (from < showing.fromAt.getTime() - CLOCK_ERROR_MS || from > showing.untilAt.getTime() + CLOCK_ERROR_MS)
    return 'outside'
  return seconds < LEAST_SECONDS ? 'too_short' : ''
}
