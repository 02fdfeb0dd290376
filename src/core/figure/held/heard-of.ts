import { dayOf, dayNumber } from './day-number.ts'
import type { CoveredBy, Heard, HeardPeriod } from '../coverage.store.ts'
import type { FactColumns } from './fact-columns.ts'
import type { FactKind } from './fact-kind.ts'

/**
 * How often something reached each place, of facts in memory; as `heard` asks the database. Only of places for which `only`
 * has a 1 by their number, where it is there.
 */
export function heardOf(
  columns: FactColumns,
  period: HeardPeriod,
  by: CoveredBy,
  only: Uint8Array | null = null,
): Heard[] {
  const keys: string[] = []
  const keyOfKind = columns.kinds.map((kind) => (isAsked(kind, period) ? numbered(keys, kind[by] ?? '') : -1))
  const times = new Int32Array(columns.places.size * keys.length)
  const lastDays = new Int32Array(times.length)
  const [firstDay, lastDay] = [dayNumber(period.from), dayNumber(period.to)]

  const note = (cell: number, day: number, isNew: boolean) => {
    if (isNew) times[cell]!++
    lastDays[cell] = Math.max(lastDays[cell]!, day)
  }
  const { occasionStart, kind, day, place, until } = columns
  const ofLedger = columns.kinds.map((one) => one.ofLedger)
  const seen: number[] = []
  const inLedger: LedgerRow[] = []
  for (let occasion = 0; occasion < columns.occasionCount; occasion++) {
    const first = occasionStart[occasion]!
    const end = columns.endOf(occasion)
    for (let row = first; row < end; row++) {
      if (only !== null && only[place[row]!] === 0) continue
      const key = keyOfKind[kind[row]!]!
      if (key < 0 || until[row] !== Infinity || day[row]! < firstDay || day[row]! > lastDay) continue
      const cell = place[row]! * keys.length + key
      if (ofLedger[kind[row]!]) {
        inLedger.push({ cell, row })
        continue
      }
      note(cell, day[row]!, !seen.includes(cell))
      if (end - first > 1) seen.push(cell)
    }
    if (inLedger.length > 0) {
      for (const [cell, rows] of Map.groupBy(inLedger, (one) => one.cell)) {
        const days = standingDays(columns, rows)
        if (days.length > 0) note(cell, Math.max(...days), true)
      }
      inLedger.length = 0
    }
    // The same two lists for a million occasions: to empty them each time takes longer than all the rest.
    if (seen.length > 0) seen.length = 0
  }
  return columns.places.texts.flatMap((placeId, place) =>
    keys.flatMap((key, at): Heard[] => {
      const cell = place * keys.length + at
      return times[cell] ? [{ placeId, key, times: times[cell], lastDay: dayOf(lastDays[cell]!) }] : []
    }),
  )
}

interface LedgerRow {
  readonly cell: number
  readonly row: number
}

/** The last day of each number that the ledger has not taken back as a whole. */
function standingDays(columns: FactColumns, rows: readonly LedgerRow[]): number[] {
  const byIndicator = Map.groupBy(rows, ({ row }) => columns.kinds[columns.kind[row]!]!.indicator)
  return [...byIndicator.values()].flatMap((own) => {
    const sum = own.reduce((total, { row }) => total + columns.high[row]! * 2 ** 32 + columns.low[row]!, 0)
    return sum > 0 ? [Math.max(...own.map(({ row }) => columns.day[row]!))] : []
  })
}

function isAsked({ breakdown, removal, campaign }: FactKind, period: HeardPeriod): boolean {
  return breakdown === 'all' && !removal && (period.campaign === null || campaign === period.campaign)
}

function numbered(keys: string[], key: string): number {
  const at = keys.indexOf(key)
  return at < 0 ? keys.push(key) - 1 : at
}
