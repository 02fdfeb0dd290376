import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openSecretBox } from '../../platform/secrets/secret-box.ts'
import { openTestDatabase, type TestDatabase } from '../../testing/index.ts'
import { NO_SECOND_FACTOR } from './account.ts'
import { castOf, codeAt, type Cast, type Someone } from './cast.build.ts'
import {
  confirmSecondFactor,
  confirmTwoFactor,
  credentialOf,
  personOfToken,
  resetPassword,
  signIn,
  signOut,
  startTwoFactor,
  stopTwoFactor,
} from './index.ts'
import { setCredential } from './identity.store.ts'
import { newSecret, stepOfCode } from './second-factor.ts'

let database: TestDatabase
let folder: string
let cast: Cast
let tu: Someone
let secret: string
let codes: string[]
beforeAll(async () => {
  database = await openTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'loa-second-'))
  cast = castOf(database, { secrets: openSecretBox(join(folder, 'secret.key')) })
  tu = await cast.someone('tu')
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  cast.clock.set(new Date(cast.clock.now().getTime() + 3_600_000).toISOString())
  await database.db.deleteFrom('signInAttempt').execute()
  await setCredential(database.db, tu.id, NO_SECOND_FACTOR)
  secret = (await startTwoFactor(tu.ctx, {})).secret
  codes = (await confirmTwoFactor(tu.ctx, { code: codeAt(secret, cast.clock) })).codes
})

const give = async (code: string, token?: string) => {
  const asked = token ?? (await signIn(cast.stranger(), tu)).token
  await confirmSecondFactor(cast.stranger(), { token: asked, code })
  return personOfToken(database.db, asked, cast.clock.now())
}

describe('a code', () => {
  test('is good for its half minute and the ones before and after, no longer', () => {
    const own = newSecret()
    const now = cast.clock.now()
    const fits = [-90, -60, -30, 0, 30, 60, 90].map(
      (s) => stepOfCode(own, codeAt(own, cast.clock, s), now, null) !== null,
    )
    expect(fits).toEqual([false, false, true, true, true, false, false])
    for (const no of ['', '12345', '1234567', 'abcdef']) expect(stepOfCode(own, no, now, null)).toBeNull()
  })

  test('makes the session one of seven days, blanks in it or not', async () => {
    cast.clock.set(new Date(cast.clock.now().getTime() + 60_000).toISOString())
    const { token, wantsSecondFactor, expiresAt } = await signIn(cast.stranger(), tu)
    const now = cast.clock.now().getTime()
    expect([wantsSecondFactor, expiresAt.getTime() - now]).toEqual([true, 600_000])
    expect(await personOfToken(database.db, token, cast.clock.now())).toBeNull()
    const code = codeAt(secret, cast.clock).replace(/^(...)/, '$1 ')
    const confirmed = await confirmSecondFactor(cast.stranger(), { token, code })
    expect(confirmed.expiresAt.getTime() - now).toBe(7 * 86_400_000)
    expect(await personOfToken(database.db, token, cast.clock.now())).toMatchObject({ person: { id: tu.id } })
  })

  test('is worth nothing a second time, nor is one from before it', async () => {
    await expect(give(codeAt(secret, cast.clock))).rejects.toMatchObject({ code: 'identity.wrong_code' })
    cast.clock.set(new Date(cast.clock.now().getTime() + 60_000).toISOString())
    expect(await give(codeAt(secret, cast.clock))).not.toBeNull()
    await expect(give(codeAt(secret, cast.clock))).rejects.toMatchObject({ code: 'identity.wrong_code' })
    await expect(give(codeAt(secret, cast.clock, -30))).rejects.toMatchObject({ code: 'identity.wrong_code' })
  })

  test('given twice at the same moment lets one in', async () => {
    cast.clock.set(new Date(cast.clock.now().getTime() + 60_000).toISOString())
    const tokens = [(await signIn(cast.stranger(), tu)).token, (await signIn(cast.stranger(), tu)).token]
    const code = codeAt(secret, cast.clock)
    const answers = await Promise.allSettled(tokens.map((token) => give(code, token)))
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('wrong too often must wait, in every session of the person', async () => {
    const { token } = await signIn(cast.stranger(), tu)
    for (let n = 0; n < 5; n += 1) {
      await expect(give('000000', token)).rejects.toMatchObject({ code: 'identity.wrong_code' })
    }
    await expect(give('000000')).rejects.toMatchObject({ code: 'identity.throttled' })
  })

  test('comes too late ten minutes after the password', async () => {
    const { token } = await signIn(cast.stranger(), tu)
    cast.clock.set(new Date(cast.clock.now().getTime() + 600_000).toISOString())
    await expect(give(codeAt(secret, cast.clock), token)).rejects.toMatchObject({ code: 'access.sign_in' })
  })
})

describe('a recovery code', () => {
  test('is good once, typed with dashes or without', async () => {
    expect(new Set(codes).size).toBe(8)
    const [first = '', second = ''] = codes
    expect(await give(first)).not.toBeNull()
    await expect(give(first)).rejects.toMatchObject({ code: 'identity.wrong_code' })
    expect(await give(` ${second.toUpperCase().replaceAll('-', ' ')} `)).not.toBeNull()
    expect((await credentialOf(database.db, tu.id))?.recoveryHashes).toHaveLength(6)
  })

  test('helps when the key that sealed the secret is lost; a code of the phone says so', async () => {
    const elsewhere = { ...cast.stranger(), secrets: openSecretBox(join(folder, `other-${Date.now()}.key`)) }
    const { token } = await signIn(elsewhere, tu)
    const giveThere = (code: string) => confirmSecondFactor(elsewhere, { token, code })
    await expect(giveThere(codeAt(secret, cast.clock, 30))).rejects.toMatchObject({
      code: 'identity.second_factor_lost',
    })
    expect(await giveThere(codes[0] ?? '')).toMatchObject({ expiresAt: expect.any(Date) })
  })
})

describe('the second factor', () => {
  test('counts only after its first code, and is begun once', async () => {
    await expect(startTwoFactor(tu.ctx, {})).rejects.toMatchObject({ code: 'identity.two_factor_on' })
    await stopTwoFactor(tu.ctx, tu)
    await startTwoFactor(tu.ctx, {})
    await expect(confirmTwoFactor(tu.ctx, { code: '000000' })).rejects.toMatchObject({ code: 'identity.wrong_code' })
    expect(await signIn(cast.stranger(), tu)).toMatchObject({ wantsSecondFactor: false })
  })

  test('is given up with the password alone', async () => {
    await expect(stopTwoFactor(tu.ctx, { password: 'khong phai' })).rejects.toMatchObject({
      code: 'identity.wrong_old_password',
    })
    await stopTwoFactor(tu.ctx, tu)
    expect(await credentialOf(database.db, tu.id)).toMatchObject({ totpSecret: null, recoveryHashes: [] })
  })

  test('waits no more when one signs out in between', async () => {
    const { token } = await signIn(cast.stranger(), tu)
    await signOut(cast.stranger(), { token })
    await expect(give(codes[0] ?? '', token)).rejects.toMatchObject({ code: 'access.sign_in' })
  })

  test('stays over a reset of the password unless the administrator takes it away, too', async () => {
    const lien = await cast.someone('lien')
    const begun = await startTwoFactor(lien.ctx, {})
    await confirmTwoFactor(lien.ctx, { code: codeAt(begun.secret, cast.clock) })
    const first = await resetPassword(cast.system(), { personId: lien.id })
    expect(await signIn(cast.stranger(), { ...lien, ...first })).toMatchObject({ wantsSecondFactor: true })
    const second = await resetPassword(cast.system(), { personId: lien.id, secondFactor: true })
    expect(await signIn(cast.stranger(), { ...lien, ...second })).toMatchObject({ wantsSecondFactor: false })
  })
})
