import * as v from 'valibot'
import { action, InputRefusal, newId, Refusal, type Action, type Id } from '../kernel/index.ts'
import { credentialOf, personByUsername } from './identity.store.ts'
import { passwordFits } from './password-hash.ts'
import { SESSION_LONGEST_DAYS, type Person } from './person.ts'
import { hashToken, newToken } from './session-token.ts'
import { deleteDeadSessions, insertSession } from './session.store.ts'
import { tryOnce } from './throttle.ts'

export interface SignedIn {
  /** For the browser's cookie; it is not kept anywhere else. */
  readonly token: string
  readonly expiresAt: Date
  /** True when a second factor must still be given before the session is worth anything. */
  readonly wantsSecondFactor: boolean
}

const SECOND_FACTOR_WITHIN_MS = 10 * 60_000

const Device = v.pipe(
  v.string(),
  v.transform((text) => text.slice(0, 200)),
)
const SignIn = v.object({
  username: v.pipe(v.string(), v.trim(), v.toLowerCase()),
  password: v.string(),
  device: v.optional(Device, ''),
  address: v.optional(v.string(), ''),
})

/**
 * Opens a session. A name nobody bears costs as much time as a wrong password and is answered in the same words.
 * The password is tried outside the transaction, which would else hold a connection for the time of its hash.
 *
 * @throws Refusal `identity.throttled` with the time to wait, `identity.wrong`, `identity.suspended`.
 */
export const signIn: Action<typeof SignIn, SignedIn> = Object.assign(
  async (ctx: Parameters<typeof openSession>[0], given: v.InferInput<typeof SignIn>) => {
    const input = v.parse(SignIn, given)
    refuseBlank(input)
    const person = await personByUsername(ctx.db, input.username)
    const attempt = { username: input.username, address: input.address, personId: person?.id ?? null }
    return tryOnce(ctx, attempt, async () => {
      const tried = person ? await credentialOf(ctx.db, person.id) : null
      const fits = await passwordFits(input.password, tried?.passwordHash ?? null)
      if (!person || !tried || !fits) throw new Refusal('identity.wrong')
      const { device, address } = input
      const opened = await openSession(ctx, { personId: person.id, passwordHash: tried.passwordHash, device, address })
      return opened.signedIn
    })
  },
  {
    actionName: 'identity.sign_in',
    input: SignIn,
    may: { who: 'anybody' as const },
    whyNot: async () => null,
  },
)

function refuseBlank(input: v.InferOutput<typeof SignIn>): void {
  const blank = (['username', 'password'] as const).filter((field) => input[field] === '')
  if (blank.length > 0) throw new InputRefusal(blank.map((field) => new Refusal('input.required', {}, field)))
}

const openSession = action('identity.sign_in', {
  input: v.object({ personId: v.string(), passwordHash: v.string(), device: v.string(), address: v.string() }),
  may: { who: 'anybody' },
  records: (_input, { person, signedIn }: { person: Person; signedIn: SignedIn }) => ({
    subject: 'person',
    subjectId: person.id,
    facts: { wantsSecondFactor: signedIn.wantsSecondFactor },
  }),
  async run(ctx, { personId: id, passwordHash, device, address }) {
    const personId = id as Id<'person'> // signIn found it by the name
    const credential = await credentialOf(ctx.db, personId, 'locked')
    // Changed while it was tried: the old password is worth nothing any more.
    if (!credential || credential.passwordHash !== passwordHash) throw new Refusal('identity.wrong')
    const { person } = credential
    if (person.state === 'suspended') throw new Refusal('identity.suspended')
    const wantsSecondFactor = credential.totpConfirmedAt !== null
    const now = ctx.clock.now()
    const token = newToken()
    const expiresAt = new Date(
      now.getTime() + (wantsSecondFactor ? SECOND_FACTOR_WITHIN_MS : SESSION_LONGEST_DAYS * 86_400_000),
    )
    await deleteDeadSessions(ctx.db, personId, now)
    const session = { id: newId<'session'>(), personId, madeAt: now, seenAt: now, expiresAt, device, address }
    await insertSession(ctx.db, { ...session, secondFactorDone: !wantsSecondFactor }, hashToken(token))
    return { person, signedIn: { token, expiresAt, wantsSecondFactor } }
  },
})
