import { createHash, randomInt } from 'node:crypto'

/** Without letters that a hand or an ear takes for others: no I, L, O, U (Crockford's base 32). */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const GROUPS = 4
const LETTERS_A_GROUP = 4

/** A code of 80 bits to be typed, read aloud or scanned: `7K2M-…`. */
export function newEnrolmentCode(): string {
  const group = () => Array.from({ length: LETTERS_A_GROUP }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  return Array.from({ length: GROUPS }, group).join('-')
}

/** What is kept of a code and found by it: SHA-256, hex, of its letters as they were meant, with or without hyphens. */
export function enrolmentHash(code: string): string {
  const letters = code.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  return createHash('sha256').update(letters).digest('hex')
}
