/**
 * Numbers that our simulators answer in a way of their own, so that every failure can be seen on a screen. They are nobody's:
 * after +84 90 no subscriber number begins with 0000.
 */
export const SENTINELS = {
  /** There is no such number: refused for good. */
  '84900000404': 'refused',
  /** We are too fast. */
  '84900000429': 'throttled',
  /** Its queue is full. */
  '84900000503': 'full',
  /** It swallows it and never answers. */
  '84900000000': 'silent',
  /** It takes it and the line is cut before it answers. */
  '84900000502': 'dies',
  /** Taken, and its receipt says that it could not be brought. */
  '84900000410': 'undeliverable',
  /** Taken; the receipt comes late. */
  '84900000202': 'late',
  /** Taken; the receipt comes three times. */
  '84900000208': 'doubled',
  /** Taken; no receipt ever comes, but who asks is told. */
  '84900000204': 'lost',
  /** The receipt comes before the answer. */
  '84900000425': 'early',
} as const
export type Sentinel = (typeof SENTINELS)[keyof typeof SENTINELS]

const BY_NUMBER: ReadonlyMap<string, Sentinel> = new Map(Object.entries(SENTINELS))

/** How a number is treated; null as everybody's. */
export function sentinelOf(to: string): Sentinel | null {
  return BY_NUMBER.get(to) ?? null
}
