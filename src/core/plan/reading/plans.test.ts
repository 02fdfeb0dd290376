import { describe, expect, it } from 'vitest'
import { filesIn, hasPlans, PLANS, read, textOf } from './testing.ts'

const LONGEST = 60

describe.skipIf(!hasPlans)('every plan at hand (../shared/plans absent: nothing to read)', () => {
  it.each(filesIn(PLANS, '.txt'))('%s', (name) => {
    const { text: _, ...reading } = read(textOf(PLANS + name))
    expect(JSON.stringify(short(reading), null, 1)).toMatchSnapshot()
  })
})

/** Sentences cut to a length that tells which one is meant; spans and lists of children stay whole. */
function short(value: unknown): unknown {
  if (typeof value === 'string') return value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value
  if (Array.isArray(value)) return value.every((one) => typeof one === 'number') ? value.join('–') : value.map(short)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, short(one)]))
}
