import { createHash, randomBytes } from 'node:crypto'
import * as OTPAuth from 'otpauth'
import type { Id } from '../kernel/index.ts'

const STEP_SECONDS = 30
export const RECOVERY_CODES = 8

export function newSecret(): string {
  return new OTPAuth.Secret({ size: 20 }).base32
}

/** The address an authenticator reads from a QR code. */
export function otpAddress(secret: string, username: string): string {
  return totp(secret, username).toString()
}

/**
 * The step of time (RFC 6238 §4) that a six-digit code belongs to, one step early or late allowed; null for a wrong code
 * and for one of a step already used, so that a code seen over a shoulder is worth nothing.
 */
export function stepOfCode(secret: string, code: string, now: Date, lastStep: number | null): number | null {
  const delta = totp(secret, '').validate({ token: code.replace(/\s/g, ''), timestamp: now.getTime(), window: 1 })
  if (delta === null) return null
  const step = Math.floor(now.getTime() / 1000 / STEP_SECONDS) + delta
  return lastStep !== null && step <= lastStep ? null : step
}

/** What the box seals a person's secret for. */
export function sealedFor(personId: Id<'person'>): string {
  return `second factor of ${personId}`
}

/** Codes for the day the phone is lost, each good once, 80 bits: a fast hash of them can be kept and guessed by nobody. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => randomBytes(10).toString('hex').match(/.{5}/g)?.join('-') ?? '')
}

/** The same with or without the dashes and blanks that people leave out or add. */
export function hashRecoveryCode(code: string): string {
  return createHash('sha256')
    .update(code.toLowerCase().replace(/[^0-9a-f]/g, ''))
    .digest('hex')
}

function totp(secret: string, label: string): OTPAuth.TOTP {
  return new OTPAuth.TOTP({
    issuer: 'Loa',
    label,
    secret: OTPAuth.Secret.fromBase32(secret),
    digits: 6,
    period: STEP_SECONDS,
  })
}
