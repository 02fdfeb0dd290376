import * as v from 'valibot'
import { action, Refusal, refuseIf, type Id } from '../kernel/index.ts'
import { credentialOf, deleteSessions, personById, setCredential } from './identity.store.ts'
import { hashPassword, passwordFits, whyNotPassword } from './password.ts'
import { hashRecoveryCode, newRecoveryCodes, newSecret, otpAddress, stepOfCode } from './second-factor.ts'
import { whoever } from './session.ts'

const password = v.pipe(v.string(), v.minLength(1), v.maxLength(300))
const about = (personId: Id<'person'>) => ({ subject: 'person', subjectId: personId, facts: {} })

/** Changes one's own password and ends every session but this one. */
export const changePassword = action('identity.change_password', {
  input: v.object({ old: password, password, sessionId: v.string() }),
  may: { who: 'signed_in' },
  records: (_input, personId: Id<'person'>) => about(personId),
  async run(ctx, input) {
    const personId = whoever(ctx)
    const [person, credential] = [await personById(ctx.db, personId), await credentialOf(ctx.db, personId)]
    if (!person || !credential || !(await passwordFits(input.old, credential.passwordHash))) {
      throw new Refusal('identity.wrong_old_password', {}, 'old')
    }
    refuseIf(whyNotPassword(input.password, person.username))
    await setCredential(ctx.db, personId, { passwordHash: await hashPassword(input.password), mustChange: false })
    await deleteSessions(ctx.db, personId, input.sessionId as Id<'session'>, null) // the web gives the session it opened
    return personId
  },
})

/** Begins a second factor: answers the secret and the address for the QR code; it counts after confirmTwoFactor. */
export const startTwoFactor = action('identity.start_two_factor', {
  input: v.object({}),
  may: { who: 'signed_in' },
  records: (_input, { personId }: { personId: Id<'person'>; secret: string; address: string }) => about(personId),
  async run(ctx) {
    const personId = whoever(ctx)
    const person = await personById(ctx.db, personId)
    const credential = await credentialOf(ctx.db, personId)
    if (!person || !credential) throw new Refusal('access.sign_in')
    if (credential.totpConfirmedAt) throw new Refusal('identity.two_factor_on')
    const secret = newSecret()
    await setCredential(ctx.db, personId, { totpSecret: secret, totpLastStep: null })
    return { personId, secret, address: otpAddress(secret, person.username) }
  },
})

/** Confirms it by a first code; answers the recovery codes, once. */
export const confirmTwoFactor = action('identity.confirm_two_factor', {
  input: v.object({ code: v.pipe(v.string(), v.trim(), v.maxLength(20)) }),
  may: { who: 'signed_in' },
  records: (_input, { personId }: { personId: Id<'person'>; codes: string[] }) => about(personId),
  async run(ctx, { code }) {
    const personId = whoever(ctx)
    const credential = await credentialOf(ctx.db, personId)
    const secret = credential?.totpSecret
    const step = secret ? stepOfCode(secret, code, ctx.clock.now(), null) : null
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
export const stopTwoFactor = action('identity.stop_two_factor', {
  input: v.object({ password }),
  may: { who: 'signed_in' },
  records: (_input, personId: Id<'person'>) => about(personId),
  async run(ctx, input) {
    const personId = whoever(ctx)
    const credential = await credentialOf(ctx.db, personId)
    if (!credential || !(await passwordFits(input.password, credential.passwordHash))) {
      throw new Refusal('identity.wrong_old_password', {}, 'password')
    }
    await setCredential(ctx.db, personId, {
      totpSecret: null,
      totpConfirmedAt: null,
      totpLastStep: null,
      recoveryHashes: [],
    })
    return personId
  },
})
