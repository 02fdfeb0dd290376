import { randomBytes, randomInt, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto'
import { fold, Refusal } from '../kernel/index.ts'

export const SHORTEST_PASSWORD = 10

/** OWASP password storage cheat sheet, scrypt: N = 2^17, r = 8, p = 1 needs 128 MiB; 2^15 with p = 3 is its equal at 32 MiB. */
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 }

/** `scrypt$salt$key`, both in base64url. Takes about 0.2 s of one core, off the event loop. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt)
  return `scrypt$${salt.toString('base64url')}$${key.toString('base64url')}`
}

/** With no hash it works as long and answers false, so that a name nobody bears costs the same as one that is. */
export async function passwordFits(password: string, hash: string | null): Promise<boolean> {
  const [, salt = '', key = ''] = (hash ?? 'scrypt$AAAAAAAAAAAAAAAAAAAAAA$AA').split('$')
  const wanted = Buffer.from(key, 'base64url')
  const derived = await derive(password, Buffer.from(salt, 'base64url'))
  return wanted.length === derived.length && timingSafeEqual(wanted, derived)
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  const options: ScryptOptions = COST
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, 32, options, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

const COMMON = [
  '1234567890',
  '0123456789',
  'password12',
  'qwertyuiop',
  'matkhau123',
  'abcdefghij',
  'vietnam123',
  'admin12345',
  'laocai2025',
  'iloveyou12',
]

/** Why this password will not do; null when it will. */
export function whyNotPassword(password: string, username: string): Refusal | null {
  if (password.length < SHORTEST_PASSWORD)
    return new Refusal('identity.password_short', { least: SHORTEST_PASSWORD }, 'password')
  const plain = fold(password)
  if (plain.includes(username) || COMMON.includes(plain) || new Set(plain).size < 4) {
    return new Refusal('identity.password_guessable', {}, 'password')
  }
  return null
}

const SYLLABLES =
  'ban bac cay cau chim dong duong gio giang hoa hang khoi lang lua mai may nang nui rung song suoi tre trang vuon xuan'.split(
    ' ',
  )

/** A password that can be read out: four syllables and eight digits, some 45 bits; it must be changed or kept safe. */
export function newPassword(): string {
  const words = Array.from({ length: 4 }, () => SYLLABLES[randomInt(SYLLABLES.length)])
  return `${words.join('-')}-${String(randomInt(100_000_000)).padStart(8, '0')}`
}
