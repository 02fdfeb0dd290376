import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase, stillClock, testCtx, type TestDatabase } from '../../testing/index.ts'
import { keepFact } from '../fact/index.ts'
import type { Ctx } from '../kernel/index.ts'
import { hotlinesToday } from './index.ts'

const clock = stillClock('2026-11-24T02:00:00Z')
let database: TestDatabase
let ctx: Ctx

beforeAll(async () => {
  database = await openTestDatabase()
  ctx = testCtx(database.db, { clock })
  const hotline = { kind: 'hotline' as const, verifyEveryDays: 30 }
  await keepFact(ctx, { ...hotline, code: 'a', name: 'An ninh', value: '0692 449 137', verifiedOn: '2026-11-20' })
  await keepFact(ctx, { ...hotline, code: 'b', name: 'Bỏ', value: '18001567', validTo: '2025-06-30' })
  await keepFact(ctx, { ...hotline, code: 'c', name: 'Chưa xác minh', value: '113' })
  await keepFact(ctx, { ...hotline, code: '111', name: 'Tổng đài', value: '111' })
})
afterAll(() => database.close())

const numbers = async () => (await hotlinesToday(ctx)).map(({ number }) => number)

test('111 stands first, verified lately or not; of the others those that somebody vouches for today', async () => {
  expect(await numbers()).toEqual(['111', '0692 449 137'])
})

test('a number whose verification has run out is given no longer', async () => {
  clock.set('2026-12-20T16:59:00Z')
  expect(await numbers()).toEqual(['111', '0692 449 137'])
  clock.set('2026-12-20T17:00:00Z')
  expect(await numbers()).toEqual(['111'])
})
