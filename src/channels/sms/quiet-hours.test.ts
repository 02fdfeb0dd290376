import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quietUntil } from './quiet-hours.ts'

describe('hours of silence', () => {
  test.each([
    ['22:00', '07:00', '2026-11-24T14:59:59Z', null],
    ['22:00', '07:00', '2026-11-24T15:00:00Z', '2026-11-25T00:00:00Z'],
    ['22:00', '07:00', '2026-11-24T23:59:00Z', '2026-11-25T00:00:00Z'],
    ['22:00', '07:00', '2026-11-25T00:00:00Z', null],
    ['11:30', '13:30', '2026-11-24T05:00:00Z', '2026-11-24T06:30:00Z'],
    ['11:30', '13:30', '2026-11-24T06:30:00Z', null],
    ['07:00', '07:00', '2026-11-24T00:00:00Z', null],
    ['', '', '2026-11-24T18:00:00Z', null],
    ['22:00', '', '2026-11-24T18:00:00Z', null],
    ['25:00', '07:00', '2026-11-24T18:00:00Z', null],
  ])('from “%s” to “%s” at %s: until %s', (from, to, now, until) => {
    expect(quietUntil(new Date(now), from, to)?.toISOString() ?? null).toBe(
      until === null ? null : new Date(until).toISOString(),
    )
  })

  test('end at their hour, within a day, and are over then', () => {
    const clock = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    const written = clock.map(([hour, minute]) => [hour, minute].map((part) => String(part).padStart(2, '0')).join(':'))
    fc.assert(
      fc.property(
        fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }),
        written,
        written,
        (now, from, to) => {
          const until = quietUntil(now, from, to)
          if (until === null) return
          const wait = until.getTime() - now.getTime()
          expect(wait).toBeGreaterThan(0)
          expect(wait).toBeLessThanOrEqual(86_400_000)
          expect(new Date(until.getTime() + 7 * 3_600_000).toISOString().slice(11, 16)).toBe(to)
          expect(quietUntil(until, from, to)).toBeNull()
        },
      ),
    )
  })
})
