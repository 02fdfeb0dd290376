import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../testing/index.ts'
import { addDays, dayAt, daysBetween, fold, isDay, newId } from './index.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

describe('a day', () => {
  test('is the day in Vietnam, seven hours ahead', () => {
    expect(dayAt(new Date('2023-07-12T16:59:59Z'))).toBe('2023-07-12')
    expect(dayAt(new Date('2023-07-12T17:00:00Z'))).toBe('2023-07-13')
  })

  test('exists in the calendar or is none', () => {
    expect(['2024-02-29', '2023-02-29', '2023-13-01', '2023-7-1'].map(isDay)).toEqual([true, false, false, false])
  })

  test('comes back after any number of days there and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -40_000, max: 40_000 }), (days) => {
        const other = addDays('2023-07-12', days)
        return daysBetween('2023-07-12', other) === days && addDays(other, -days) === '2023-07-12'
      }),
    )
  })
})

describe('the search key', () => {
  test('knows no diacritics, composed or not', () => {
    expect(fold('  Đường   dây NÓNG ')).toBe('duong day nong')
    expect(fold('Đường dây nóng'.normalize('NFD'))).toBe('duong day nong')
  })

  test('is the same in the database', async () => {
    const words = ['Phường Cốc Lếu', 'đặng ĐÌNH', 'Phố Lu'.normalize('NFD'), 'Y Tý  ', 'Ủy ban nhân dân tỉnh']
    for (const word of words) {
      const { rows } = await sql<{ key: string }>`select fold(${word}) as key`.execute(database.db)
      expect(rows[0]?.key).toBe(fold(word))
    }
  })
})

test('ids made later sort later', () => {
  const earlier = newId(1_700_000_000_000)
  const later = newId(1_700_000_000_001)
  expect(earlier < later).toBe(true)
  expect(earlier).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})
