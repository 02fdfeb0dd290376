import { createHash, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto'

/** As mosquitto_passwd writes it: its 101 rounds do, for what is hashed are 256 bits that no one can guess. */
const ROUNDS = 101
const SALT_BYTES = 12
const KEY_BYTES = 64

/** What a device signs in to the broker with: 256 bits, base64url. It is shown once, to the device. */
export function newBrokerPassword(): string {
  return randomBytes(32).toString('base64url')
}

/** PBKDF2-SHA-512 as mosquitto 2 keeps it in a password file: `$7$rounds$salt$key`. About 0.1 ms of one core. */
export function hashBrokerPassword(password: string): string {
  const salt = randomBytes(SALT_BYTES)
  const key = pbkdf2Sync(password, salt, ROUNDS, KEY_BYTES, 'sha512')
  return `$7$${ROUNDS}$${salt.toString('base64')}$${key.toString('base64')}`
}

/**
 * As RabbitMQ keeps it (`rabbit_password_hashing_sha512`): base64 of four octets of salt and the SHA-512 of salt and password.
 * The salt is letters, so that a broker that wants it as text, as EMQX does, can be given the same.
 */
export function sha512OfPassword(password: string): string {
  const salt = Buffer.from(randomBytes(3).toString('base64url'))
  return Buffer.concat([salt, createHash('sha512').update(salt).update(password).digest()]).toString('base64')
}

/** Compares in the same time whatever differs; without a hash it works as long and answers false. */
export function brokerPasswordFits(password: string, hash: string | null): boolean {
  const [, , rounds = '', salt = '', key = ''] = (hash ?? `$7$${ROUNDS}$AAAAAAAAAAAAAAAA$AA`).split('$')
  const wanted = Buffer.from(key, 'base64')
  const derived = pbkdf2Sync(password, Buffer.from(salt, 'base64'), Number(rounds) || ROUNDS, KEY_BYTES, 'sha512')
  return wanted.length === derived.length && timingSafeEqual(wanted, derived)
}
