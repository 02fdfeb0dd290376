import * as v from 'valibot'
import { action, Refusal, type Ctx, type Id } from '../kernel/index.ts'
import { hashBrokerPassword, newBrokerPassword, sha512OfPassword } from './broker-password.ts'
import { publicKeyOf } from './device-key.ts'
import { enrolmentOfCode, keyIsTaken, noteEnrolled } from './enrol-device.store.ts'
import { countAttempt, dropAttempt } from './enrolment-attempt.store.ts'
import { enrolmentHash } from './enrolment-code.ts'
import { touchStation } from './station.store.ts'

const WINDOW_MS = 3_600_000
/** Tries that did not fit, within the window: a commune's office installs its devices from one address. */
const FREE_BY_ADDRESS = 30
/** A code has 80 bits: whoever tries from many addresses is no installer. */
const FREE_ANYWHERE = 3_000

const Enrolment = v.object({
  code: v.pipe(v.string(), v.maxLength(64)),
  /** Ed25519, 32 bytes, base64url: made on the device. */
  publicKey: v.pipe(v.string(), v.regex(/^[\w-]{43}$/)),
})

export interface Enrolled {
  readonly deviceId: Id<'device'>
  readonly deviceCode: string
  /** Of its station, or of its board. */
  readonly outletCode: string
  /** It is at a board. */
  readonly shows: boolean
  /** What it signs in to the broker with, the only time it is shown. */
  readonly password: string
}

/**
 * Makes a device known by its one-time code and the key it made. The same code with the same key may come again while the
 * code holds: an answer can get lost on a 3G line, and the password alone makes nobody play or say anything.
 */
const enrol = action('station.enrol_device', {
  input: Enrolment,
  may: { who: 'anybody' },
  records: (_input, { deviceId, deviceCode, outletCode }: Enrolled) => ({
    subject: 'device',
    subjectId: deviceId,
    facts: { device: deviceCode, station: outletCode },
  }),
  async run(ctx, { code, publicKey }): Promise<Enrolled> {
    const raw = Buffer.from(publicKey, 'base64url')
    if (!publicKeyOf(raw)) throw new Refusal('station.wrong_key')
    const now = ctx.clock.now()
    const found = await enrolmentOfCode(ctx.db, enrolmentHash(code), now)
    const isUsed = Boolean(found?.usedAt)
    const again = isUsed && found?.state === 'enrolled' && raw.equals(found.publicKey ?? Buffer.of())
    const first = !isUsed && found?.state === 'expected'
    // One answer for a code that never was, is used or is over: nothing is to be learnt from it.
    if (!found || !(first || again)) throw new Refusal('station.wrong_code')
    if (await keyIsTaken(ctx.db, raw, found.deviceId)) throw new Refusal('station.key_taken')
    const password = newBrokerPassword()
    const hashes = { passwordHash: hashBrokerPassword(password), passwordSha512: sha512OfPassword(password) }
    await noteEnrolled(ctx.db, found, raw, hashes, now)
    await touchStation(ctx.db, found.outletId)
    const { deviceId, deviceCode, outletCode, shows } = found
    return { deviceId, deviceCode, outletCode, shows, password }
  },
})

/**
 * Lets somebody at `address` enrol a device. The try is counted before it is made, in a transaction of its own, so that
 * neither the refusal nor a hundred tries at once escape the count.
 *
 * @throws Refusal `station.enrol_throttled`, `station.wrong_code`, `station.wrong_key`, `station.key_taken`.
 */
export async function enrolDevice(ctx: Ctx, given: v.InferInput<typeof Enrolment>, address: string): Promise<Enrolled> {
  const now = ctx.clock.now()
  const since = new Date(now.getTime() - WINDOW_MS)
  const attempt = await ctx.db.transaction().execute((db) => countAttempt(db, address, now, since))
  if (attempt.fromAddress >= FREE_BY_ADDRESS || attempt.fromAnywhere >= FREE_ANYWHERE) {
    // Who is refused for trying too often does not wait longer by it.
    await dropAttempt(ctx.db, attempt.id)
    throw new Refusal('station.enrol_throttled', { minutes: WINDOW_MS / 60_000 })
  }
  const enrolled = await enrol(ctx, given)
  await dropAttempt(ctx.db, attempt.id)
  return enrolled
}
