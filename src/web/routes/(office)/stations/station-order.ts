import type { Hearing } from '#core/station/index.ts'

export const STATION_ORDERS = ['trouble', 'place', 'code'] as const
export type StationOrder = (typeof STATION_ORDERS)[number]

interface Ordered {
  readonly code: string
  readonly placeName: string
  readonly hearing: Hearing
  readonly faulty: number
  readonly behind: number
}

/** Those that nobody hears first, then those that are heard in part, or tell of faults; then what was never heard. */
const RANK: Readonly<Record<Hearing, number>> = { none: 0, some: 1, not_enrolled: 3, no_cluster: 4, all: 5, by_hand: 6 }
const FAULTY = 2

const KEY: Readonly<Record<StationOrder, (one: Ordered) => string>> = {
  trouble: ({ hearing, faulty, behind }) =>
    String(faulty + behind > 0 ? Math.min(FAULTY, RANK[hearing]) : RANK[hearing]),
  place: ({ placeName }) => placeName,
  code: () => '',
}

const words = new Intl.Collator('vi')

/**
 * Stations in an order, after the last one of a page: by its key as it was then, so that a page goes on where the one before
 * ended though that station has been mended since.
 */
export function inOrder<One extends Ordered>(stations: readonly One[], order: StationOrder, after: string): One[] {
  const keyed = stations.map((one) => ({ one, at: [KEY[order](one), one.code] as const }))
  keyed.sort((one, other) => compared(one.at, other.at))
  const cut = after.lastIndexOf('|')
  const last = [after.slice(0, Math.max(0, cut)), after.slice(cut + 1)] as const
  return keyed.filter(({ at }) => after === '' || compared(at, last) > 0).map(({ one }) => one)
}

/** What the next page goes on after. */
export function afterOf(last: Ordered, order: StationOrder): string {
  return `${KEY[order](last)}|${last.code}`
}

function compared([key, code]: readonly [string, string], [otherKey, otherCode]: readonly [string, string]): number {
  return words.compare(key, otherKey) || (code < otherCode ? -1 : Number(code > otherCode))
}
