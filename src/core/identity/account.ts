import * as v from 'valibot'
import { action, idOf, Refusal, refuseIf, type Action, type Ctx, type Id } from '../kernel/index.ts'
import { credentialOf, setCredential, type Credential } from './identity.store.ts'
import { hashPassword, passwordFits } from './password-hash.ts'
import { whyNotPassword } from './password.ts'
import { hashRecoveryCode, newRecoveryCodes, newSecret, otpAddress, sealedFor, stepOfCode } from './second-factor.ts'
import { deleteSessions } from './session.store.ts'
import { whoever } from './session.ts'
import { tryOnce } from './throttle.ts'

const Password = v.pipe(v.string(), v.minLength(1), v.maxLength(300))
const about = (personId: Id<'person'>) => ({ subject: 'person', subjectId: personId, facts: {} })

/** Changes one's own password and ends every session but this one. */
export const changePassword = withOwnPassword(
  action('identity.change_password', {
    input: v.object({ old: Password, password: Password, sessionId: idOf<'session'>() }),
    may: { who: 'signed_in' },
    records: (_input, personId: Id<'person'>) => about(personId),
    async run(ctx, { old, password, sessionId }) {
      const { person } = await ownCredential(ctx, old, 'old')
      if (password === old) throw new Refusal('identity.password_same', {}, 'password')
      refuseIf(whyNotPassword(password, person.username))
      await setCredential(ctx.db, person.id, { passwordHash: await hashPassword(password), mustChange: false })
      await deleteSessions(ctx.db, person.id, sessionId)
      return person.id
    },
  }),
)

/** Begins a second factor: answers the secret and the address for the QR code; it counts after confirmTwoFactor. */
export const startTwoFactor = action('identity.start_two_factor', {
  input: v.object({}),
  may: { who: 'signed_in' },
  records: (_input, { personId }: { personId: Id<'person'>; secret: string; address: string }) => about(personId),
  async run(ctx) {
    const personId = whoever(ctx)
    const credential = await credentialOf(ctx.db, personId, 'locked')
    if (!credential) throw new Refusal('access.sign_in')
    if (credential.totpConfirmedAt) throw new Refusal('identity.two_factor_on')
    const secret = newSecret()
    const totpSecret = await ctx.secrets.seal(secret, sealedFor(personId))
    await setCredential(ctx.db, personId, { totpSecret, totpLastStep: null })
    return { personId, secret, address: otpAddress(secret, credential.person.username) }
  },
})

/** Confirms it by a first code; answers the recovery codes, once. */
export const confirmTwoFactor = action('identity.confirm_two_factor', {
  input: v.object({ code: v.pipe(v.string(), v.trim(), v.maxLength(20)) }),
  may: { who: 'signed_in' },
  records: (_input, { personId }: { personId: Id<'person'>; codes: string[] }) => about(personId),
  async run(ctx, { code }) {
    const personId = whoever(ctx)
    const credential = await credentialOf(ctx.db, personId, 'locked')
    if (credential?.totpConfirmedAt) throw new Refusal('identity.two_factor_on')
    const sealed = credential?.totpSecret ?? null
    const secret = sealed === null ? null : await ctx.secrets.open(sealed, sealedFor(personId))
    const step = secret === null ? null : stepOfCode(secret, code, ctx.clock.now(), null)
    if (step === null) throw new Refusal('identity.wrong_code', {}, 'code')
    const codes = newRecoveryCodes()
    await setCredential(ctx.db, personId, {
      totpConfirmedAt: ctx.clock.now(),
      totpLastStep: step,
      recoveryHashes: codes.map(hashRecoveryCode),
    })
    return { personId, codes }
  },
})

/** Gives the second factor up, with the password. */
export const stopTwoFactor = withOwnPassword(
  action('identity.stop_two_factor', {
    input: v.object({ password: Password }),
    may: { who: 'signed_in' },
    records: (_input, personId: Id<'person'>) => about(personId),
    async run(ctx, { password }) {
      const { person } = await ownCredential(ctx, password, 'password')
      await setCredential(ctx.db, person.id, NO_SECOND_FACTOR)
      return person.id
    },
  }),
)

export const NO_SECOND_FACTOR = { totpSecret: null, totpConfirmedAt: null, totpLastStep: null, recoveryHashes: [] }

/** One's own credential, for who knows its password. @throws Refusal `identity.wrong_old_password` */
async function ownCredential(ctx: Ctx, password: string, field: string): Promise<Credential> {
  const credential = await credentialOf(ctx.db, whoever(ctx), 'locked')
  if (credential && (await passwordFits(password, credential.passwordHash))) return credential
  throw new Refusal('identity.wrong_old_password', {}, field)
}

/** Whoever finds a console open must not guess its password here: tries are counted as at the sign-in. */
function withOwnPassword<Schema extends v.GenericSchema, Result>(act: Action<Schema, Result>): Action<Schema, Result> {
  const throttled = async (ctx: Ctx, input: v.InferInput<Schema>) => {
    const personId = whoever(ctx)
    const own = `password of ${personId}`
    return tryOnce(ctx, { username: own, address: own, personId }, () => act(ctx, input))
  }
  return Object.assign(throttled, {
    actionName: act.actionName,
    input: act.input,
    may: act.may,
    whyNot: act.whyNot.bind(act),
  })
}
