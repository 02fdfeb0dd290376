import { expect, test } from 'vitest'
import { proposedParts } from './proposed-parts.ts'

const period = (kind: string, dayFrom: string | null, dayTo: string | null) => ({ kind, dayFrom, dayTo, rhythm: null })
const year = period('campaign', '2026-01-01', '2026-12-31')
const peak = period('peak', '2026-07-01', '2026-07-31')

test('a year is twice a week, daily in its peak; what is gone is left out', () => {
  const spans = (today: string, ...periods: ReturnType<typeof period>[]) =>
    proposedParts(periods, today).map(({ from, to, on }) => [from, to, on])
  expect(spans('2025-11-01', year, peak)).toEqual([
    ['2026-01-01', '2026-06-30', 'weekly'],
    ['2026-07-01', '2026-07-31', 'daily'],
    ['2026-08-01', '2026-12-31', 'weekly'],
  ])
  expect(spans('2026-07-15', year, peak)).toEqual([
    ['2026-07-15', '2026-07-31', 'daily'],
    ['2026-08-01', '2026-12-31', 'weekly'],
  ])
  expect(spans('2026-07-15', year)).toEqual([['2026-07-15', '2026-12-31', 'weekly']])
  expect(spans('2026-06-15', peak)).toEqual([['2026-07-01', '2026-07-31', 'daily']])
  expect(spans('2026-06-15', period('campaign', null, '2026-12-31'))).toEqual([['2026-06-15', '2026-12-31', 'weekly']])
  expect(spans('2026-06-15', period('campaign', '2026-01-01', null))).toEqual([])
  expect([spans('2027-01-01', year, peak), spans('2026-01-01')]).toEqual([[], []])
})
