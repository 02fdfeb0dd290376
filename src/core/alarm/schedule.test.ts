import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lastTimeOf, overdueSince } from './schedule.ts'

const at = (text: string) => new Date(text)

describe('the last time of a schedule', () => {
  test.each([
    ['0 7 * * *', '2026-07-01T00:00:00Z', '2026-07-01T00:00:00Z'],
    ['0 7 * * *', '2026-06-30T23:59:59Z', '2026-06-30T00:00:00Z'],
    ['*/15 * * * *', '2026-07-01T00:29:59Z', '2026-07-01T00:15:00Z'],
    ['5-20/5 8,17 * * *', '2026-07-01T12:00:00Z', '2026-07-01T10:20:00Z'],
    ['0 0 1 * *', '2026-07-15T00:00:00Z', '2026-06-30T17:00:00Z'],
    ['30 6 * * 1', '2026-07-01T00:00:00Z', '2026-06-28T23:30:00Z'],
    ['30 6 * * 7', '2026-07-01T00:00:00Z', '2026-06-27T23:30:00Z'],
    ['0 0 13 * 5', '2026-07-12T12:00:00Z', '2026-07-09T17:00:00Z'],
    ['0 12 29 2 *', '2026-07-01T00:00:00Z', '2024-02-29T05:00:00Z'],
  ])('%s before %s was at %s', (every, now, last) => {
    expect(lastTimeOf(every, at(now))).toEqual(at(last))
  })

  test('is never of a day that does not exist, and what is no cron expression is said', () => {
    expect(lastTimeOf('0 0 31 2 *', at('2026-07-01T00:00:00Z'))).toBeNull()
    expect(() => lastTimeOf('0 7 * *', at('2026-07-01T00:00:00Z'))).toThrow(/five fields/)
    expect(() => lastTimeOf('0 7 * * mon', at('2026-07-01T00:00:00Z'))).toThrow(/"mon"/)
  })

  test('is the one before any moment, and moments between two times have the same', () => {
    const minute = fc.integer({ min: 0, max: 59 })
    const hour = fc.integer({ min: 0, max: 23 })
    const moment = fc.date({ min: at('2024-01-01'), max: at('2030-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(minute, hour, moment, (everyMinute, everyHour, now) => {
        const last = lastTimeOf(`${everyMinute} ${everyHour} * * *`, now)
        expect(last).not.toBeNull()
        const late = now.getTime() - (last?.getTime() ?? 0)
        expect(late).toBeGreaterThanOrEqual(0)
        expect(late).toBeLessThan(86_400_000)
        expect(lastTimeOf(`${everyMinute} ${everyHour} * * *`, last ?? now)).toEqual(last)
      }),
    )
  })
})

describe('a run', () => {
  const schedule = { job: 'x', every: '0 7 * * *', knownSince: at('2026-06-01T00:00:00Z'), ranAt: null }

  test('is overdue ten minutes after its time, and no more once it ran', () => {
    const due = at('2026-07-01T00:00:00Z')
    const ran = { ...schedule, ranAt: at('2026-06-30T00:00:20Z') }
    expect(overdueSince(ran, at('2026-07-01T00:09:59Z'))).toBeNull()
    expect(overdueSince(ran, at('2026-07-01T00:10:00Z'))).toEqual(due)
    expect(overdueSince({ ...ran, ranAt: at('2026-07-01T00:00:20Z') }, at('2026-07-01T12:00:00Z'))).toBeNull()
  })

  test('was not due before anybody knew of it', () => {
    expect(overdueSince({ ...schedule, knownSince: at('2026-07-01T02:00:00Z') }, at('2026-07-01T08:00:00Z'))).toBeNull()
    expect(overdueSince(schedule, at('2026-06-01T06:00:00Z'))).toBeNull()
    expect(overdueSince(schedule, at('2026-06-02T06:00:00Z'))).toEqual(at('2026-06-02T00:00:00Z'))
  })
})
