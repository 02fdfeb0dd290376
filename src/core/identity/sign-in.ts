import * as v from 'valibot'
import { action, newId, Refusal, type Ctx, type Id } from '../kernel/index.ts'
import {
  credentialOf,
  insertSession,
  personByUsername,
  setCredential,
  touchSession,
  type Credential,
} from './identity.store.ts'
import { passwordFits } from './password.ts'
import { SESSION_LONGEST_DAYS, type Person } from './person.ts'
import { hashRecoveryCode, stepOfCode } from './second-factor.ts'
import { personOfToken } from './session.ts'
import { hashToken, newToken } from './session-token.ts'
import { forgetFailures, recordFailure, whyNotTry, type Attempt } from './throttle.ts'

export interface SignedIn {
  /** For the browser's cookie; it is not kept anywhere else. */
  readonly token: string
  readonly expiresAt: Date
  /** True when a second factor must still be given before the session is worth anything. */
  readonly wantsSecondFactor: boolean
}

const SignIn = v.object({
  username: v.pipe(v.string(), v.trim(), v.toLowerCase(), v.minLength(1), v.maxLength(100)),
  password: v.pipe(v.string(), v.minLength(1), v.maxLength(300)),
  device: v.optional(
    v.pipe(
      v.string(),
      v.transform((text) => text.slice(0, 200)),
    ),
    '',
  ),
  address: v.optional(v.string(), ''),
})

/**
 * Opens a session. A wrong name costs as much time as a wrong password and is answered in the same words.
 *
 * @throws Refusal `identity.throttled` with the seconds to wait, `identity.wrong`, `identity.suspended`.
 */
export async function signIn(ctx: Ctx, input: v.InferInput<typeof SignIn>): Promise<SignedIn> {
  const attempt: Attempt = { username: (input.username ?? '').trim().toLowerCase(), address: input.address ?? '' }
  const throttled = await whyNotTry(ctx.db, attempt, ctx.clock.now())
  if (throttled) throw throttled
  try {
    const signedIn = await openSession(ctx, input)
    await forgetFailures(ctx.db, attempt)
    return signedIn.result
  } catch (error) {
    if (error instanceof Refusal && error.code === 'identity.wrong')
      await recordFailure(ctx.db, attempt, ctx.clock.now())
    throw error
  }
}

const openSession = action('identity.sign_in', {
  input: SignIn,
  may: { who: 'anybody' },
  records: (_input, { person }: { person: Person; result: SignedIn }) => ({
    subject: 'person',
    subjectId: person.id,
    facts: {},
  }),
  async run(ctx, input) {
    const person = await personByUsername(ctx.db, input.username)
    const credential = person ? await credentialOf(ctx.db, person.id) : null
    const fits = await passwordFits(input.password, credential?.passwordHash ?? null)
    if (!person || !credential || !fits) throw new Refusal('identity.wrong')
    if (person.state === 'suspended') throw new Refusal('identity.suspended')
    const wantsSecondFactor = credential.totpConfirmedAt !== null
    const now = ctx.clock.now()
    const token = newToken()
    const expiresAt = new Date(now.getTime() + (wantsSecondFactor ? 10 * 60_000 : SESSION_LONGEST_DAYS * 86_400_000))
    await insertSession(
      ctx.db,
      {
        id: newId<'session'>(),
        personId: person.id,
        madeAt: now,
        seenAt: now,
        expiresAt,
        secondFactorDone: !wantsSecondFactor,
        device: input.device,
        address: input.address,
      },
      hashToken(token),
    )
    return { person, result: { token, expiresAt, wantsSecondFactor } }
  },
})

/**
 * Gives the second factor of a session: a code of the authenticator, or a recovery code, which is used up.
 *
 * @throws Refusal `identity.wrong_code`, `identity.throttled`.
 */
export async function confirmSecondFactor(
  ctx: Ctx,
  input: { token: string; code: string; address?: string },
): Promise<void> {
  const opened = await personOfToken(ctx.db, input.token, ctx.clock.now(), { halfOpen: true })
  if (!opened) throw new Refusal('access.sign_in')
  const attempt: Attempt = { username: `code:${opened.person.id}`, address: input.address ?? '' }
  const throttled = await whyNotTry(ctx.db, attempt, ctx.clock.now())
  if (throttled) throw throttled
  try {
    await closeGap(ctx, { personId: opened.person.id, sessionId: opened.sessionId, code: input.code })
    await forgetFailures(ctx.db, attempt)
  } catch (error) {
    if (error instanceof Refusal) await recordFailure(ctx.db, attempt, ctx.clock.now())
    throw error
  }
}

const closeGap = action('identity.second_factor', {
  input: v.object({ personId: v.string(), sessionId: v.string(), code: v.pipe(v.string(), v.trim(), v.maxLength(40)) }),
  may: { who: 'anybody' },
  records: ({ personId }) => ({ subject: 'person', subjectId: personId, facts: {} }),
  async run(ctx, input) {
    const personId = input.personId as Id<'person'> // from the session, see confirmSecondFactor
    const credential = await credentialOf(ctx.db, personId)
    if (!credential || !(await useCode(ctx, personId, credential, input.code))) {
      throw new Refusal('identity.wrong_code', {}, 'code')
    }
    const now = ctx.clock.now()
    await touchSession(ctx.db, input.sessionId as Id<'session'>, {
      secondFactorDone: true,
      seenAt: now,
      expiresAt: new Date(now.getTime() + SESSION_LONGEST_DAYS * 86_400_000),
    })
  },
})

async function useCode(ctx: Ctx, personId: Id<'person'>, credential: Credential, code: string): Promise<boolean> {
  if (credential.totpSecret === null) return false
  const step = stepOfCode(credential.totpSecret, code, ctx.clock.now(), credential.totpLastStep)
  if (step !== null) {
    await setCredential(ctx.db, personId, { totpLastStep: step })
    return true
  }
  const hash = hashRecoveryCode(code)
  if (!credential.recoveryHashes.includes(hash)) return false
  await setCredential(ctx.db, personId, { recoveryHashes: credential.recoveryHashes.filter((kept) => kept !== hash) })
  return true
}
