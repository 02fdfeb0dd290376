import { expect, test } from 'vitest'
import { monthOf, nextMonth, previousMonth, weeksOf } from './month.ts'

test('a month is shown in whole weeks from Monday', () => {
  const weeks = weeksOf('2026-07')
  expect(weeks).toHaveLength(5)
  expect([weeks[0]?.[0], weeks.at(-1)?.[6]]).toEqual(['2026-06-29', '2026-08-02'])
  expect(weeksOf('2021-02').flat()).toHaveLength(28)
})

test('one goes from month to month over the end of a year', () => {
  expect([nextMonth('2026-12'), previousMonth('2027-01'), nextMonth('2024-01')]).toEqual([
    '2027-01',
    '2026-12',
    '2024-02',
  ])
  expect(monthOf('2026-13', '2026-07-13')).toBe('2026-07')
})
