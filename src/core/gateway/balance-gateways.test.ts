import { expect, test } from 'vitest'
import fc from 'fast-check'
import { nextShare, type Doing } from './balance-gateways.ts'

const well: Doing = { sent: 500, failing: 0, receiptSeconds: 2 }

test('a road whose answers fail, or whose receipts are slow, keeps half of what it had', () => {
  const road = { share: 100, shareNow: 100 }
  expect(nextShare(road, { ...well, failing: 0.3 }, [well])).toEqual({ share: 50, reason: 'failing' })
  expect(nextShare(road, { ...well, receiptSeconds: 40 }, [well])).toEqual({ share: 50, reason: 'slow' })
  // Slow, but so is every road: there is nowhere better to go.
  expect(nextShare(road, { ...well, receiptSeconds: 40 }, [{ ...well, receiptSeconds: 30 }]).share).toBe(100)
  // Three attempts say nothing of a road.
  expect(nextShare(road, { sent: 3, failing: 1, receiptSeconds: null }, [well]).share).toBe(100)
})

test('it keeps enough to be tried by, and gets all of it back when it is well', () => {
  let shareNow = 100
  for (let time = 0; time < 10; time += 1)
    shareNow = nextShare({ share: 100, shareNow }, { ...well, failing: 1 }, [well]).share
  expect(shareNow).toBe(5)
  for (let time = 0; time < 10; time += 1) shareNow = nextShare({ share: 100, shareNow }, well, [well]).share
  expect(shareNow).toBe(100)
})

test('no road ever gets more than its share, nor nothing at all', () => {
  const doing = fc.record({
    sent: fc.nat(10_000),
    failing: fc.double({ min: 0, max: 1, noNaN: true }),
    receiptSeconds: fc.option(fc.double({ min: 0, max: 10_000, noNaN: true })),
  })
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 1, max: 100 }),
      doing,
      fc.array(doing),
      (share, now, own, others) => {
        const next = nextShare({ share, shareNow: Math.min(share, now) }, own, others).share
        expect(next).toBeGreaterThanOrEqual(1)
        expect(next).toBeLessThanOrEqual(share)
      },
    ),
  )
})
