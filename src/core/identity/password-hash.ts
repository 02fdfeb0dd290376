import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto'

/** OWASP password storage cheat sheet, scrypt: N = 2^17, r = 8, p = 1 needs 128 MiB; 2^15 with p = 3 is its equal at 32 MiB. */
const COST = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 }

/** `scrypt$salt$key`, both in base64url; another cost would get another label. Takes about 0.2 s of one core, off the event loop. */
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
