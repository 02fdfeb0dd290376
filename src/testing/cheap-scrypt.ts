import type * as Crypto from 'node:crypto'

/** The whole cost is 2^15 and 3: every cast of people has passwords, which nobody is to guess in a test. */
const CHEAP = { N: 2 ** 8, p: 1 }

/** The same as `node:crypto`, whose scrypt costs next to nothing. */
export function withCheapScrypt(crypto: typeof Crypto): typeof Crypto {
  const scrypt: typeof crypto.scrypt = Object.assign(
    (...[password, salt, length, options, done]: Parameters<typeof crypto.scrypt>) =>
      crypto.scrypt(password, salt, length, { ...options, ...CHEAP }, done),
    crypto.scrypt,
  )
  return { ...crypto, scrypt }
}
