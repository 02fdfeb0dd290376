import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawSample, poolHash, type Lot } from './draw-sample.ts'

const lotsOf = (sizes: readonly number[]): Lot[] =>
  sizes.flatMap((size, body) =>
    Array.from({ length: size }, (_, at) => ({ id: `${body}-${at}`, organisationId: `body-${body}` })),
  )
const sizes = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 12 })
const share = fc.double({ min: 0.01, max: 1, noNaN: true })

describe('a draw', () => {
  test('is the same again from the same seed, in whatever order the lots lie', () => {
    fc.assert(
      fc.property(sizes, share, fc.string(), (given, part, seed) => {
        const lots = lotsOf(given)
        const drawn = drawSample(lots, part, seed)
        expect(drawSample(lots.toReversed(), part, seed)).toEqual(drawn)
        expect(new Set(drawn).size).toBe(drawn.length)
        expect(poolHash(lots.toReversed())).toBe(poolHash(lots))
      }),
    )
  })

  test('takes of each body its share, to the next whole number below or above', () => {
    fc.assert(
      fc.property(sizes, share, fc.string(), (given, part, seed) => {
        const drawn = drawSample(lotsOf(given), part, seed)
        given.forEach((size, body) => {
          const own = drawn.filter((id) => id.startsWith(`${body}-`)).length
          expect(own).toBeGreaterThanOrEqual(Math.floor(size * part))
          expect(own).toBeLessThanOrEqual(Math.ceil(size * part))
        })
      }),
    )
  })

  test('gives a body of three the same chance for each thing as a body of three hundred', () => {
    const lots = lotsOf([3, 300])
    const part = 0.1
    const times = new Map<string, number>()
    const draws = 2_000
    for (let at = 0; at < draws; at += 1) {
      for (const id of drawSample(lots, part, `seed ${at}`)) times.set(id, (times.get(id) ?? 0) + 1)
    }
    // 200 of 2,000 on average, with a deviation of 13: five deviations are never reached by chance.
    for (const { id } of lots) expect(Math.abs((times.get(id) ?? 0) - draws * part)).toBeLessThan(67)
  })

  test('of another pool is told by its hash', () => {
    expect(poolHash(lotsOf([3]))).not.toBe(poolHash(lotsOf([4])))
    expect(poolHash([{ id: 'a', organisationId: 'b' }])).not.toBe(poolHash([{ id: 'a', organisationId: 'c' }]))
  })
})
