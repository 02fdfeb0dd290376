import * as v from 'valibot'
import { action, Refusal, type Ctx, type Id } from '../kernel/index.ts'
import { credentialOf, setCredential, type Credential } from './identity.store.ts'
import { SESSION_LONGEST_DAYS } from './person.ts'
import { hashRecoveryCode, sealedFor, stepOfCode } from './second-factor.ts'
import { personOfToken } from './session.ts'
import { confirmSession } from './session.store.ts'
import { tryOnce } from './throttle.ts'

/**
 * Gives the second factor of a session: a code of the authenticator, or a recovery code, which is used up.
 *
 * @throws Refusal `identity.wrong_code`, `identity.throttled`, `identity.second_factor_lost`, `access.sign_in`.
 */
export async function confirmSecondFactor(
  ctx: Ctx,
  { token, code, address = '' }: { token: string; code: string; address?: string },
): Promise<{ expiresAt: Date }> {
  const opened = await personOfToken(ctx.db, token, ctx.clock.now(), { halfOpen: true })
  if (!opened) throw new Refusal('access.sign_in')
  const personId = opened.person.id
  return tryOnce(ctx, { username: `code of ${personId}`, address, personId }, () =>
    giveCode(ctx, { personId, sessionId: opened.sessionId, code }),
  )
}

const giveCode = action('identity.second_factor', {
  input: v.object({ personId: v.string(), sessionId: v.string(), code: v.pipe(v.string(), v.trim(), v.maxLength(40)) }),
  may: { who: 'anybody' },
  records: ({ personId }, { recoveryLeft }: { expiresAt: Date; recoveryLeft: number }) => ({
    subject: 'person',
    subjectId: personId,
    facts: { recoveryLeft },
  }),
  async run(ctx, input) {
    const personId = input.personId as Id<'person'> // both ids are of the session, see confirmSecondFactor
    const credential = await credentialOf(ctx.db, personId, 'locked')
    if (!credential) throw new Refusal('identity.wrong_code', {}, 'code')
    const change = await useCode(ctx, credential, input.code)
    await setCredential(ctx.db, personId, change)
    const now = ctx.clock.now()
    const expiresAt = new Date(now.getTime() + SESSION_LONGEST_DAYS * 86_400_000)
    await confirmSession(ctx.db, input.sessionId as Id<'session'>, now, expiresAt)
    return { expiresAt, recoveryLeft: (change.recoveryHashes ?? credential.recoveryHashes).length }
  },
})

type CodeUsed = Partial<Pick<Credential, 'recoveryHashes' | 'totpLastStep'>>

/** What using the code leaves behind. @throws Refusal for one that is wrong or was used. */
async function useCode(ctx: Ctx, credential: Credential, code: string): Promise<CodeUsed> {
  const { person, recoveryHashes, totpSecret, totpLastStep } = credential
  const hash = hashRecoveryCode(code)
  if (recoveryHashes.includes(hash)) return { recoveryHashes: recoveryHashes.filter((kept) => kept !== hash) }
  const secret = totpSecret === null ? null : await ctx.secrets.open(totpSecret, sealedFor(person.id))
  if (totpSecret !== null && secret === null) throw new Refusal('identity.second_factor_lost')
  const step = secret === null ? null : stepOfCode(secret, code, ctx.clock.now(), totpLastStep)
  if (step === null) throw new Refusal('identity.wrong_code', {}, 'code')
  return { totpLastStep: step }
}
