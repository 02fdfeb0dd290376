import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Catalogue } from './catalogue.ts'
import { tidyCounts, whyNotCount, type Count } from './count.ts'

const thing = (code: string, people: boolean) => ({
  code,
  people,
  name: code,
  unit: 'cái',
  definition: '',
  counting: '',
  ordinal: 1,
  endedOn: code === 'ended' ? '2026-01-01' : null,
})
const CATALOGUE: Catalogue = {
  kinds: [],
  indicators: [thing('attendances', true), thing('leaflets', false), thing('ended', false)],
  parts: ['female', 'male'].map((code) => ({ breakdown: 'sex' as const, code, name: code, ordinal: 1, endedOn: null })),
}
const TODAY = '2026-11-24'

const whole = (indicator: string, value: number, estimated = false): Count => ({
  indicator,
  breakdown: 'all',
  part: '',
  value,
  estimated,
})
const part = (code: string, value: number): Count => ({
  ...whole('attendances', value),
  breakdown: 'sex',
  part: code,
})

describe('numbers', () => {
  test('of parts are taken exactly while they come to no more than the whole', () => {
    const many = fc.nat(200)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), many, many, (all, women, men) => {
        const refusal = whyNotCount(
          [whole('attendances', all), part('female', women), part('male', men)],
          CATALOGUE,
          TODAY,
        )
        expect(refusal?.code ?? null).toBe(women + men > all ? 'evidence.parts_exceed' : null)
      }),
    )
  })

  test('of what is no longer counted are refused from the day it ended', () => {
    expect(whyNotCount([whole('ended', 1)], CATALOGUE, TODAY)?.code).toBe('evidence.no_such_indicator')
    expect(whyNotCount([whole('ended', 1)], CATALOGUE, '2025-12-31')).toBeNull()
  })

  test('in any order, with noughts or without, are the same numbers', () => {
    const some = fc.uniqueArray(
      fc.constantFrom(whole('attendances', 40), whole('leaflets', 7), part('female', 20), part('male', 0)),
    )
    fc.assert(
      fc.property(some, (counts) => {
        const turned = counts.toReversed()
        expect(tidyCounts(turned)).toEqual(tidyCounts(counts))
      }),
    )
  })
})
