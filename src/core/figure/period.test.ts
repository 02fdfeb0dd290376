import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../kernel/index.ts'
import { daysOf, periodKey, periodOfKey, periodOn, ROW_PERIODS } from './period.ts'

describe('periods of the reporting regime, cut off on the 15th', () => {
  test.each([
    ['month', 1, '2025-12-15', '2026-01-14'],
    ['quarter', 1, '2025-12-15', '2026-03-14'],
    ['half', 1, '2025-12-15', '2026-06-14'],
    ['half', 2, '2026-06-15', '2026-12-14'],
    ['nine_months', 1, '2025-12-15', '2026-09-14'],
    ['year', 1, '2025-12-15', '2026-12-14'],
  ] as const)('%s %i of 2026 goes from %s to %s', (kind, number, from, to) => {
    expect(daysOf({ kind, year: 2026, number }, 15)).toEqual({ from, to })
  })
})

test('by the calendar the second quarter of 2026 goes from 1/4 to 30/6', () => {
  expect(daysOf({ kind: 'quarter', year: 2026, number: 2 }, 1)).toEqual({ from: '2026-04-01', to: '2026-06-30' })
})

test('every day lies in the one period of each kind whose days hold it', () => {
  const days = fc.integer({ min: 0, max: 5_000 }).map((at) => addDays('2020-01-01', at))
  fc.assert(
    fc.property(days, fc.constantFrom(...ROW_PERIODS), fc.integer({ min: 1, max: 28 }), (day, kind, firstDay) => {
      const period = periodOn(day, kind, firstDay)
      const { from, to } = daysOf(period, firstDay)
      expect(from <= day && day <= to).toBe(true)
      expect(periodOfKey(kind, periodKey(period))).toEqual(period)
    }),
  )
})
