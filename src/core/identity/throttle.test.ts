import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../testing/index.ts'
import { Refusal } from '../kernel/index.ts'
import { castOf, type Cast } from './cast.build.ts'
import { changePassword } from './index.ts'
import { tryOnce } from './throttle.ts'

let database: TestDatabase
let cast: Cast
beforeAll(async () => {
  database = await openTestDatabase()
})
beforeEach(async () => {
  cast = castOf(database)
  await database.db.deleteFrom('signInAttempt').execute()
})
afterAll(() => database.close())

const wrong = async () => {
  throw new Refusal('identity.wrong')
}
const tryAs = (username: string, address: string, tried: () => Promise<unknown> = wrong) =>
  tryOnce(cast.stranger(), { username, address, personId: null }, tried).catch((error: unknown) => error)

function pass(seconds: number) {
  cast.clock.set(new Date(cast.clock.now().getTime() + seconds * 1000).toISOString())
}

describe('tries of one name', () => {
  test('are free five times; then each failure doubles the wait, up to a quarter of an hour', async () => {
    for (let n = 0; n < 5; n += 1) expect(await tryAs('hoa', 'x')).toMatchObject({ code: 'identity.wrong' })
    const waits: number[] = []
    for (let n = 0; n < 12; n += 1) {
      const answer = await tryAs('hoa', 'x')
      const seconds = answer instanceof Refusal ? Number(answer.facts['seconds']) : 0
      waits.push(seconds)
      pass(seconds - 1)
      expect(await tryAs('hoa', 'x')).toMatchObject({ code: 'identity.throttled', facts: { seconds: 1 } })
      pass(1)
      expect(await tryAs('hoa', 'x')).toMatchObject({ code: 'identity.wrong' })
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900])
  })

  test('say the wait in minutes, too', async () => {
    for (let n = 0; n < 14; n += 1) {
      await tryAs('hoa', `10.3.0.${n}`)
      pass(513)
    }
    expect(await tryAs('hoa', 'x')).toMatchObject({ facts: { seconds: 387, minutes: 7 } })
  })

  test('are forgotten with the right password and after a day', async () => {
    for (let n = 0; n < 5; n += 1) await tryAs('hoa', 'x')
    pass(3)
    expect(await tryAs('hoa', 'x', async () => 'in')).toBe('in')
    for (let n = 0; n < 5; n += 1) expect(await tryAs('hoa', 'x')).toMatchObject({ code: 'identity.wrong' })
    pass(24 * 3600)
    expect(await tryAs('hoa', 'x')).toMatchObject({ code: 'identity.wrong' })
  })

  test('made all at once are let through five times only', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => tryAs('hoa', `10.1.0.${n}`)))
    const codes = answers.map((answer) => (answer instanceof Refusal ? answer.code : ''))
    expect(codes.filter((code) => code === 'identity.wrong')).toHaveLength(5)
    expect(codes.filter((code) => code === 'identity.throttled')).toHaveLength(15)
  })
})

describe('tries from one address', () => {
  test('are free thirty times over all names, then wait', async () => {
    for (let n = 0; n < 30; n += 1) expect(await tryAs(`ai${n}`, '10.2.0.1')).toMatchObject({ code: 'identity.wrong' })
    expect(await tryAs('hoa', '10.2.0.1')).toMatchObject({ code: 'identity.throttled', facts: { seconds: 2 } })
    expect(await tryAs('hoa', '10.2.0.2', async () => 'in')).toBe('in')
  })

  test('leave the others alone when one signs in', async () => {
    for (let n = 0; n < 30; n += 1) await tryAs(`ai${n}`, '10.2.0.1')
    pass(3)
    expect(await tryAs('hoa', '10.2.0.1', async () => 'in')).toBe('in')
    expect(await tryAs('hoa', '10.2.0.1')).toMatchObject({ code: 'identity.wrong' })
    expect(await tryAs('hoa', '10.2.0.1')).toMatchObject({ code: 'identity.throttled' })
  })
})

test('what fails for another reason than a wrong secret is not counted', async () => {
  const suspended = async () => {
    throw new Refusal('identity.suspended')
  }
  for (let n = 0; n < 8; n += 1)
    expect(await tryAs('hoa', 'x', suspended)).toMatchObject({ code: 'identity.suspended' })
})

test('an open console is no place to guess its password either', async () => {
  const mai = await cast.someone('mai')
  const guess = () =>
    changePassword(mai.ctx, { old: 'sai', password: 'rung tre ben suoi', sessionId: mai.id }).catch((e: unknown) => e)
  for (let n = 0; n < 5; n += 1) expect(await guess()).toMatchObject({ code: 'identity.wrong_old_password' })
  expect(await guess()).toMatchObject({ code: 'identity.throttled' })
})
