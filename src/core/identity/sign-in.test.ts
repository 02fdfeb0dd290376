import type * as Crypto from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { withCheapScrypt } from '../../testing/cheap-scrypt.ts'
import { openTestDatabase, type TestDatabase } from '../../testing/index.ts'
import { castOf, type Cast } from './cast.build.ts'
import { personOfToken, sessionsOf, signIn, suspendPerson } from './index.ts'

const hashed = vi.hoisted(() => ({ times: 0 }))
vi.mock('node:crypto', async (original) => {
  const crypto = withCheapScrypt(await original<typeof Crypto>())
  const scrypt: typeof crypto.scrypt = Object.assign((...given: Parameters<typeof crypto.scrypt>) => {
    hashed.times += 1
    crypto.scrypt(...given)
  }, crypto.scrypt)
  return { ...crypto, scrypt }
})

let database: TestDatabase
let cast: Cast
beforeAll(async () => {
  database = await openTestDatabase()
  cast = castOf(database)
})
afterAll(() => database.close())

async function lastEntry() {
  const { rows } = await sql<{ action: string; subjectId: string | null; facts: object }>`
    select action, subject_id, facts from audit_entry order by seq desc limit 1`.execute(database.db)
  return rows[0]
}

test('the right password opens a session of seven days and is recorded', async () => {
  const hoa = await cast.someone('hoa')
  const device = 'Mozilla/5.0 '.repeat(40)
  const input = { username: ' HOA ', password: hoa.password, device, address: '10.0.0.7' }
  const { token, expiresAt, wantsSecondFactor } = await signIn(cast.stranger(), input)
  expect(expiresAt).toEqual(new Date('2026-07-08T01:00:00Z'))
  expect(wantsSecondFactor).toBe(false)
  expect(await personOfToken(database.db, token, cast.clock.now())).toMatchObject({ person: { id: hoa.id } })
  const [session] = await sessionsOf(database.db, hoa.id, cast.clock.now())
  expect(session).toMatchObject({ address: '10.0.0.7', madeAt: cast.clock.now() })
  expect(session?.device).toHaveLength(200)
  expect(await lastEntry()).toMatchObject({ action: 'identity.sign_in', subjectId: hoa.id })
})

test('a name nobody bears costs the same hash and is answered in the same words as a wrong password', async () => {
  const lan = await cast.someone('lan')
  const answers = []
  for (const username of ['lan', 'khong-co-ai']) {
    const before = hashed.times
    const refusal = await signIn(cast.stranger(), { username, password: 'sai-mat-khau' }).catch(
      (error: unknown) => error,
    )
    answers.push({ refusal, hashes: hashed.times - before })
    const subjectId = username === 'lan' ? lan.id : null
    expect(await lastEntry()).toEqual({ action: 'identity.sign_in_failed', subjectId, facts: {} })
  }
  expect(answers[0]).toMatchObject({ refusal: { code: 'identity.wrong', field: null, facts: {} }, hashes: 1 })
  expect(answers[1]).toEqual(answers[0])
})

test('a failure is counted and recorded although the sign-in is refused', async () => {
  const minh = await cast.someone('minh')
  await expect(signIn(cast.stranger(), { username: 'minh', password: 'x' })).rejects.toThrow('identity.wrong')
  const kept = () =>
    sql<{ count: number }>`select count(*)::int as count from sign_in_attempt where username_hash =
      encode(sha256('minh'), 'hex')`.execute(database.db)
  expect((await kept()).rows).toEqual([{ count: 1 }])
  await signIn(cast.stranger(), minh)
  expect((await kept()).rows).toEqual([{ count: 0 }])
})

test('a suspended person learns it only with the right password, and comes in again when let in', async () => {
  const pao = await cast.someone('pao')
  await suspendPerson(cast.system(), { personId: pao.id, suspended: true })
  await expect(signIn(cast.stranger(), { ...pao, password: 'x' })).rejects.toMatchObject({ code: 'identity.wrong' })
  await expect(signIn(cast.stranger(), pao)).rejects.toMatchObject({ code: 'identity.suspended' })
  await suspendPerson(cast.system(), { personId: pao.id, suspended: false })
  expect(await signIn(cast.stranger(), pao)).toMatchObject({ wantsSecondFactor: false })
})

test('an empty form is told which fields are empty, and counts as no try', async () => {
  const before = hashed.times
  await expect(signIn(cast.stranger(), { username: '  ', password: '' })).rejects.toMatchObject({
    problems: [
      { code: 'input.required', field: 'username' },
      { code: 'input.required', field: 'password' },
    ],
  })
  expect(hashed.times).toBe(before)
})

test('who may sign in is listed like every action: anybody', async () => {
  expect(signIn.actionName).toBe('identity.sign_in')
  expect(signIn.may).toEqual({ who: 'anybody' })
})
