import { sql } from 'kysely'
import * as OTPAuth from 'otpauth'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Id } from '../kernel/index.ts'
import { openTestDatabase, person, stillClock, testCtx, type TestDatabase } from '../../testing/index.ts'
import {
  addPerson,
  changePassword,
  confirmSecondFactor,
  confirmTwoFactor,
  endSession,
  personOfToken,
  sessionsOf,
  signIn,
  startTwoFactor,
  suspendPerson,
} from './index.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const clock = stillClock('2026-07-01T01:00:00Z')

async function someone(username: string) {
  const system = testCtx(database.db, { clock })
  const { password, personId } = await addPerson(system, { username, name: username, mustChange: false })
  const id = personId as Id<'person'>
  return { id, username, password, ctx: testCtx(database.db, { clock, actor: person(id) }) }
}

const stranger = () => testCtx(database.db, { clock, actor: { kind: 'nobody' } })

describe('signing in', () => {
  test('opens a session whose token is kept nowhere', async () => {
    const hoa = await someone('hoa')
    const { token } = await signIn(stranger(), { username: ' HOA ', password: hoa.password })
    expect(await personOfToken(database.db, token, clock.now())).toMatchObject({ person: { id: hoa.id } })
    const { rows } = await sql<{
      all: string
    }>`select session::text || (select string_agg(facts::text, '') from audit_entry) as all from session`.execute(
      database.db,
    )
    expect(rows[0]?.all).not.toContain(token)
    expect(rows[0]?.all).not.toContain(hoa.password)
  })

  test('answers a wrong name and a wrong password in the same words', async () => {
    const lan = await someone('lan')
    const wrong = { code: 'identity.wrong' }
    await expect(signIn(stranger(), { username: lan.username, password: 'sai-mat-khau' })).rejects.toMatchObject(wrong)
    await expect(signIn(stranger(), { username: 'khong-co-ai', password: 'sai-mat-khau' })).rejects.toMatchObject(wrong)
  })

  test('waits longer and longer after many failures, and says how long', async () => {
    const minh = await someone('minh')
    for (let n = 0; n < 5; n++) {
      await expect(signIn(stranger(), { username: 'minh', password: 'x' })).rejects.toMatchObject({
        code: 'identity.wrong',
      })
    }
    const right = { username: 'minh', password: minh.password }
    await expect(signIn(stranger(), right)).rejects.toMatchObject({ code: 'identity.throttled', facts: { seconds: 2 } })
    clock.set('2026-07-01T01:00:05Z')
    expect(await signIn(stranger(), right)).toMatchObject({ wantsSecondFactor: false })
  })

  test('ends at once when the session is ended or the person shut out, and by itself when idle', async () => {
    const pao = await someone('pao')
    const { token } = await signIn(stranger(), pao)
    const [session] = await sessionsOf(database.db, pao.id)
    await endSession(pao.ctx, { sessionId: session!.id })
    expect(await personOfToken(database.db, token, clock.now())).toBeNull()

    const again = await signIn(stranger(), pao)
    expect(await personOfToken(database.db, again.token, new Date(clock.now().getTime() + 13 * 3_600_000))).toBeNull()
    await suspendPerson(testCtx(database.db, { clock }), { personId: pao.id, suspended: true })
    expect(await personOfToken(database.db, again.token, clock.now())).toBeNull()
    await expect(signIn(stranger(), pao)).rejects.toMatchObject({ code: 'identity.suspended' })
  })

  test('refuses a short or guessable new password and keeps this session alone', async () => {
    const mai = await someone('mai')
    const { token } = await signIn(stranger(), mai)
    const other = await signIn(stranger(), mai)
    const opened = await personOfToken(database.db, token, clock.now())
    const change = (password: string) =>
      changePassword(mai.ctx, { old: mai.password, password, sessionId: opened!.sessionId })
    await expect(change('ngan')).rejects.toMatchObject({ code: 'identity.password_short' })
    await expect(change('mai-mai-2026')).rejects.toMatchObject({ code: 'identity.password_guessable' })
    await change('rung tre bên suối 48')
    expect(await personOfToken(database.db, token, clock.now())).not.toBeNull()
    expect(await personOfToken(database.db, other.token, clock.now())).toBeNull()
  })
})

describe('a second factor', () => {
  const codeAt = (secret: string) =>
    new OTPAuth.TOTP({ secret: OTPAuth.Secret.fromBase32(secret) }).generate({ timestamp: clock.now().getTime() })

  test('is asked for, each code once, and a recovery code once', async () => {
    const tu = await someone('tu')
    const { secret } = await startTwoFactor(tu.ctx, {})
    const { codes } = await confirmTwoFactor(tu.ctx, { code: codeAt(secret) })
    const first = await signIn(stranger(), tu)
    expect(first.wantsSecondFactor).toBe(true)
    expect(await personOfToken(database.db, first.token, clock.now())).toBeNull()

    const used = { token: first.token, code: codeAt(secret) }
    await expect(confirmSecondFactor(stranger(), used)).rejects.toMatchObject({ code: 'identity.wrong_code' })
    clock.set('2026-07-01T02:00:00Z')
    const second = await signIn(stranger(), tu)
    await confirmSecondFactor(stranger(), { token: second.token, code: codeAt(secret) })
    expect(await personOfToken(database.db, second.token, clock.now())).toMatchObject({ person: { id: tu.id } })

    const third = await signIn(stranger(), tu)
    await confirmSecondFactor(stranger(), { token: third.token, code: codes[0]! })
    const fourth = await signIn(stranger(), tu)
    await expect(confirmSecondFactor(stranger(), { token: fourth.token, code: codes[0]! })).rejects.toMatchObject({
      code: 'identity.wrong_code',
    })
  })
})
