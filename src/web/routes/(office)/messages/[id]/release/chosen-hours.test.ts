import { describe, expect, test } from 'vitest'
import { hoursChosen, type HoursTyped } from './chosen-hours.ts'

const NOW = new Date('2026-07-10T02:00:00Z')
const PERIODS = [
  { dayFrom: '2026-07-01', dayTo: '2026-09-30' },
  { dayFrom: '2026-07-30', dayTo: '2026-07-30' },
  { dayFrom: '2026-06-01', dayTo: '2026-06-30' },
]
const typed = (more: Partial<HoursTyped>): HoursTyped => ({
  when: 'now',
  hour: '06:30',
  startsAt: '',
  endsAt: '',
  ...more,
})
const chosen = (more: Partial<HoursTyped>, validUntil: string | null = null) => {
  const { startsAt, endsAt } = hoursChosen(typed(more), PERIODS, validUntil, NOW)
  return [startsAt.toISOString(), endsAt?.toISOString() ?? null]
}

describe('the hours of a release', () => {
  test('are now, until the message is no longer valid', () => {
    expect(chosen({})).toEqual([NOW.toISOString(), null])
    expect(chosen({}, '2026-08-01')).toEqual([NOW.toISOString(), '2026-08-01T16:59:00.000Z'])
  })

  test('of a period are filled in: one that has begun begins now, a day to come at the hour that was chosen', () => {
    expect(chosen({ when: '0' })).toEqual([NOW.toISOString(), '2026-09-30T16:59:00.000Z'])
    expect(chosen({ when: '1' })).toEqual(['2026-07-29T23:30:00.000Z', '2026-07-30T16:59:00.000Z'])
    expect(chosen({ when: '0' }, '2026-08-01')[1]).toBe('2026-08-01T16:59:00.000Z')
    expect(chosen({ when: '0', endsAt: '2026-08-15T10:00' })[1]).toBe('2026-08-15T03:00:00.000Z')
  })

  test('of a period that is over are refused, and so are own hours that nobody typed', () => {
    expect(() => chosen({ when: '2' })).toThrow(expect.objectContaining({ code: 'release.period_over' }))
    expect(() => chosen({ when: 'own' })).toThrow(
      expect.objectContaining({ code: 'input.required', field: 'startsAt' }),
    )
    expect(() => chosen({ when: '1', hour: '' })).toThrow(expect.objectContaining({ field: 'hour' }))
  })

  test('of one’s own are taken as they are', () => {
    expect(chosen({ when: 'own', startsAt: '2026-07-12T05:00', endsAt: '2026-07-13T05:00' })).toEqual([
      '2026-07-11T22:00:00.000Z',
      '2026-07-12T22:00:00.000Z',
    ])
  })
})
