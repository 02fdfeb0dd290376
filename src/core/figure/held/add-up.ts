import type { Asking } from '../fact.store.ts'
import { sumOfParts, type Cells, type Sum, type SumPart } from '../sum.ts'
import type { FactColumns } from './fact-columns.ts'
import type { FactKind } from './fact-kind.ts'
import { layOut, type Around, type Layout, type Pass } from './layout.ts'

/** So many rows are added before low halves are carried: both halves stay whole numbers that a double holds exactly. */
const ROWS_BEFORE_CARRY = 1 << 20
const LOW_HALF = 2 ** 32

/** What a question comes to, as `sums` answers it, of facts in memory. */
export function addUp(columns: FactColumns, asking: Asking, around: Around): Map<string, Cells> {
  const layout = layOut(columns, asking, around)
  const cells = cellsOf(columns.kinds)
  const room = layout.keys.length * cells.count
  const totals = { high: new Float64Array(room), low: new Float64Array(room) }
  for (const pass of layout.passes) {
    for (let from = 0; from < columns.count; from += ROWS_BEFORE_CARRY) {
      addRows(columns, { ...layout, ...pass, cells, from, asOf: asking.asOf?.getTime() ?? null }, totals)
      carry(totals)
    }
  }
  return sumsByRow(columns.kinds, layout.keys, cells, totals)
}

interface Totals {
  readonly high: Float64Array
  readonly low: Float64Array
}

/** Each sum that a row of an answer has: one for an indicator, a grade, and what was counted or guessed. */
interface CellPlaces {
  readonly count: number
  readonly ofKind: Int32Array
}

function cellsOf(kinds: readonly FactKind[]): CellPlaces {
  const numbers = new Map<string, number>()
  const ofKind = Int32Array.from(kinds, ({ indicator, grade, estimated }) => {
    const key = `${indicator} ${grade} ${String(estimated)}`
    const number = numbers.get(key) ?? numbers.size
    numbers.set(key, number)
    return number
  })
  return { count: numbers.size, ofKind }
}

interface Reading extends Pass, Layout {
  readonly cells: CellPlaces
  readonly from: number
  readonly asOf: number | null
}

/** The only loop over all facts: what it reads is laid out beforehand, so that a row costs a few look-ups by number. */
function addRows(columns: FactColumns, reading: Reading, { high: highs, low: lows }: Totals): void {
  const { kind, day, since, until, place, organisation, high, low } = columns
  const { signs, rowOf, of, firstDay, lastDay, places, organisations, cells, from, asOf } = reading
  const { count: width, ofKind } = cells
  const numbers = columns[of]
  const offset = of === 'day' ? firstDay : 0
  const end = Math.min(columns.count, from + ROWS_BEFORE_CARRY)
  for (let row = from; row < end; row++) {
    const kindOfRow = kind[row]!
    const sign = signs[kindOfRow]!
    if (sign === 0) continue
    if (asOf === null ? until[row] !== Infinity : since[row]! > asOf || until[row]! <= asOf) continue
    if (day[row]! < firstDay || day[row]! > lastDay) continue
    if (places !== null && places[place[row]!] === 0) continue
    if (organisations !== null && organisations[organisation[row]!] === 0) continue
    const at = rowOf[numbers[row]! - offset]!
    if (at < 0) continue
    const cell = at * width + ofKind[kindOfRow]!
    highs[cell]! += sign * high[row]!
    lows[cell]! += sign * low[row]!
  }
}

function carry({ high, low }: Totals): void {
  for (let cell = 0; cell < low.length; cell++) {
    const over = Math.floor(low[cell]! / LOW_HALF)
    if (over === 0) continue
    high[cell]! += over
    low[cell]! -= over * LOW_HALF
  }
}

function sumsByRow(
  kinds: readonly FactKind[],
  keys: readonly string[],
  { count, ofKind }: CellPlaces,
  { high, low }: Totals,
): Map<string, Cells> {
  const kindOfCell = new Map(kinds.map((kind, at) => [ofKind[at]!, kind]))
  const byIndicator = [...Map.groupBy(kindOfCell, ([, { indicator }]) => indicator)]
  const found = new Map<string, Cells>()
  for (const [row, key] of keys.entries()) {
    const own = new Map<string, Sum>()
    for (const [indicator, parts] of byIndicator) {
      const told: SumPart[] = []
      for (const [cell, { grade, estimated }] of parts) {
        const at = row * count + cell
        if (high[at] !== 0 || low[at] !== 0) told.push({ grade, estimated, value: whole(high[at]!, low[at]!) })
      }
      if (told.length > 0) own.set(indicator, sumOfParts(told))
    }
    if (own.size > 0) found.set(key, own)
  }
  return found
}

function whole(high: number, low: number): bigint {
  const value = high * LOW_HALF + low
  return Number.isSafeInteger(value) ? BigInt(value) : BigInt(high) * BigInt(LOW_HALF) + BigInt(low)
}
