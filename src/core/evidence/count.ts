import { Refusal, type Day } from '../kernel/index.ts'
import { inUse, type Breakdown, type Catalogue } from './catalogue.ts'

/** One number of an activity: of all, or of one part of the people. */
export interface Count {
  readonly indicator: string
  readonly breakdown: 'all' | Breakdown
  /** Which part; empty for all. */
  readonly part: string
  /** Whole units of the indicator. */
  readonly value: number
  /** Guessed, not counted: never mixed with what was counted. */
  readonly estimated: boolean
}

/** No crowd of a province is larger, and no print run. */
const MOST = 10_000_000

/**
 * Why these numbers cannot be: an indicator that is none, a part that is none, nothing counted at all, or parts of
 * which there are more than of the whole. Null when they can.
 */
export function whyNotCount(counts: readonly Count[], catalogue: Catalogue, day: Day): Refusal | null {
  const indicators = new Map(inUse(catalogue.indicators, day).map((one) => [one.code, one]))
  const parts = new Set(inUse(catalogue.parts, day).map(({ breakdown, code }) => `${breakdown}:${code}`))
  const seen = new Set<string>()
  for (const { indicator, breakdown, part, value } of counts) {
    const known = indicators.get(indicator)
    const field = fieldOfCount({ indicator, breakdown, part })
    if (!known) return new Refusal('evidence.no_such_indicator', { code: indicator })
    if (!Number.isInteger(value) || value < 0 || value > MOST) {
      return new Refusal('evidence.no_count', { name: known.name, most: MOST }, field)
    }
    if (breakdown !== 'all' && (!known.people || !parts.has(`${breakdown}:${part}`))) {
      return new Refusal('evidence.no_such_part', { name: known.name }, field)
    }
    if (seen.has(field)) return new Refusal('evidence.counted_twice', { name: known.name }, field)
    seen.add(field)
  }
  if (!counts.some(({ breakdown, value }) => breakdown === 'all' && value > 0)) {
    return new Refusal('evidence.nothing_counted')
  }
  for (const [key, value] of sumsOfParts(counts)) {
    const [indicator = ''] = key.split(':')
    const whole = wholeOf(counts, indicator)
    if (value > whole) {
      const name = indicators.get(indicator)?.name ?? ''
      return new Refusal('evidence.parts_exceed', { name, parts: value, whole }, `count_${indicator}`)
    }
  }
  return null
}

/** The name of the field that a count is typed in. */
export function fieldOfCount({ indicator, breakdown, part }: Pick<Count, 'indicator' | 'breakdown' | 'part'>): string {
  return breakdown === 'all' ? `count_${indicator}` : `part_${indicator}:${breakdown}:${part}`
}

export function wholeOf(counts: readonly Count[], indicator: string): number {
  return counts.find((one) => one.indicator === indicator && one.breakdown === 'all')?.value ?? 0
}

/** Noughts say nothing: they are not kept. The order is fixed, so that the same numbers are the same. */
export function tidyCounts(counts: readonly Count[]): Count[] {
  return counts
    .filter(({ value }) => value > 0)
    .toSorted((one, other) => (fieldOfCount(one) < fieldOfCount(other) ? -1 : 1))
}

/** Whether these are the same numbers; the database keeps the parts of a number in an order of its own. */
export function sameCounts(some: readonly Count[], others: readonly Count[]): boolean {
  const said = (counts: readonly Count[]) => tidyCounts(counts).map(lineOf).join('\n')
  return said(some) === said(others)
}

function lineOf({ indicator, breakdown, part, value, estimated }: Count): string {
  return [indicator, breakdown, part, value, estimated].join('|')
}

function sumsOfParts(counts: readonly Count[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { indicator, breakdown, value } of counts) {
    if (breakdown === 'all') continue
    const key = `${indicator}:${breakdown}`
    sums.set(key, (sums.get(key) ?? 0) + value)
  }
  return sums
}
