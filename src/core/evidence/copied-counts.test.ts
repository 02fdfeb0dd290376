import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newId } from '../kernel/index.ts'
import type { Catalogue } from './catalogue.ts'
import { countsKey, isRound, waysOf, whatIsCopied } from './copied-counts.ts'
import type { Count } from './count.ts'

const thing = (code: string, people: boolean) => ({
  ...{ code, people, name: code, unit: 'cái', definition: '', counting: '', ordinal: 1, endedOn: null },
})
const CATALOGUE: Catalogue = {
  kinds: [],
  indicators: [thing('attendances', true), thing('leaflets', false)],
  parts: [],
}
const whole = (value: number, indicator = 'attendances'): Count => ({
  ...{ indicator, breakdown: 'all', part: '', value, estimated: false },
})
const part = (breakdown: 'sex' | 'ethnic_group', code: string, value: number): Count => ({
  ...whole(value),
  breakdown,
  part: code,
})
const ways = (...counts: Count[]) => waysOf(counts, CATALOGUE)
const key = (...counts: Count[]) => countsKey(counts, CATALOGUE)

describe('the same numbers of people', () => {
  test('are the same in any order, with noughts or without, whatever else was counted', () => {
    const counts = [whole(84), part('sex', 'female', 50), part('sex', 'male', 0)]
    const turned = fc.shuffledSubarray([...counts, whole(7, 'leaflets')], { minLength: 4 })
    fc.assert(
      fc.property(turned, (said) => {
        expect(key(...said)).toBe(key(...counts))
      }),
    )
    expect(key(whole(84))).not.toBe(key(whole(85)))
    expect(key(whole(84), part('sex', 'female', 50))).not.toBe(key(whole(84)))
    expect(key(whole(500, 'leaflets'))).toBeNull()
  })

  test('tell nothing while they are round, and no more for what follows from the rest', () => {
    for (const round of [5, 20, 50, 95, 100, 120, 300, 1_200, 45_000]) expect(isRound(round), String(round)).toBe(true)
    for (const exact of [3, 12, 84, 101, 125, 137, 1_250]) expect(isRound(exact), String(exact)).toBe(false)
    expect(ways(whole(100), part('sex', 'female', 60), part('sex', 'male', 40))).toBe(1)
    expect(ways(whole(137))).toBe(137)
    expect(ways(whole(137), part('sex', 'female', 71))).toBe(137 * 71)
    expect(ways(whole(137), part('sex', 'female', 71), part('sex', 'male', 66))).toBe(137 * 66)
    expect(ways(whole(103), part('sex', 'female', 60), part('sex', 'male', 43))).toBe(103)
    expect(ways(whole(137), part('sex', 'female', 137))).toBe(137)
    expect(ways(whole(137), whole(413, 'leaflets'))).toBe(137)
  })

  test('say more with each part that was counted, and a copy that was found stays found', () => {
    const [other, at] = [newId<'activity'>(), '2026-11-20']
    const same = { ofBody: { id: other, day: at, days: 1 }, elsewhere: { id: other, day: at, body: 'Bản Hồ' } }
    const crowd = fc.tuple(fc.integer({ min: 1, max: 5_000 }), fc.nat(5_000)).filter(([all, some]) => some < all)
    fc.assert(
      fc.property(crowd, ([all, women]) => {
        const [few, more] = [ways(whole(all)), ways(whole(all), part('sex', 'female', women))]
        expect(more).toBeGreaterThanOrEqual(few)
        const found = whatIsCopied(few, same)
        if (found.ofBody) expect(whatIsCopied(more, same).ofBody).toBe(found.ofBody)
        if (found.elsewhere) expect(found.ofBody).not.toBeNull()
      }),
    )
    const again = { ...same, ofBody: { ...same.ofBody, days: 2 } }
    expect([ways(whole(84)), whatIsCopied(84, same).ofBody, whatIsCopied(84, again).ofBody]).toEqual([
      84,
      null,
      again.ofBody,
    ])
    expect(whatIsCopied(1, again)).toEqual({ ofBody: null, elsewhere: null })
  })

  test('of communes that count honestly, fewer than one activity in a hundred is cried at', () => {
    const random = seeded(20_261_126)
    const said = new Map<string, Set<number>>()
    let cries = 0
    for (let commune = 0; commune < 99; commune += 1) {
      const own = new Map<string, number>()
      for (let day = 0; day < 30; day += 1) {
        const counts = honest(random)
        const line = key(...counts) ?? ''
        const days = own.get(line) ?? 0
        const others = said.get(line) ?? new Set()
        const id = newId<'activity'>()
        const found = whatIsCopied(ways(...counts), {
          ofBody: days > 0 ? { id, day: '2026-11-20', days } : null,
          elsewhere: others.size > (others.has(commune) ? 1 : 0) ? { id, day: '2026-11-20', body: '' } : null,
        })
        if (found.ofBody || found.elsewhere) cries += 1
        own.set(line, days + 1)
        said.set(line, others.add(commune))
      }
    }
    expect(cries).toBeLessThan((99 * 30) / 100)
  })
})

/** A gathering of some sixty; four in ten are guessed in tens, half are told apart by sex. */
function honest(random: () => number): Count[] {
  const spread = Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random())
  const counted = Math.max(5, Math.round(60 * Math.exp(0.6 * spread)))
  const all = random() < 0.4 ? Math.max(10, Math.round(counted / 10) * 10) : counted
  if (random() < 0.5) return [whole(all)]
  const women = Math.round(all * (0.35 + 0.3 * random()))
  return [whole(all), part('sex', 'female', women), part('sex', 'male', all - women)]
}

/** The same numbers on every run: mulberry32. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
