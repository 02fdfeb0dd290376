import type { Asking } from '../fact.store.ts'
import { isBreakdown, type Dimension } from '../question.ts'
import type { Laid } from '../roll-up.ts'
import { sharesOf } from './asked-kinds.ts'
import { dayNumber, reportingMonth } from './day-number.ts'
import type { FactColumns } from './fact-columns.ts'
import type { FactKind } from './fact-kind.ts'
import type { Numbered } from './numbered.ts'

/** One reading of all facts: what each adds, and in which row of the answer. */
export interface Pass {
  /** By kind: 1 is added, -1 taken away, 0 is not asked for. */
  readonly signs: Int8Array
  /** In which row something counts, -1 in none: by the number in `of`, days from the first that is asked for. */
  readonly rowOf: Int32Array
  readonly of: 'place' | 'organisation' | 'day' | 'kind'
}

/** What must be read for an answer. */
export interface Layout {
  /** The keys of its rows. */
  readonly keys: readonly string[]
  readonly passes: readonly Pass[]
  /** Days since 1970-01-01, both included. */
  readonly firstDay: number
  readonly lastDay: number
  /** By place and by body, 1 where it is asked for; null where all are. */
  readonly places: Uint8Array | null
  readonly organisations: Uint8Array | null
}

/** What else is known of a question: what it means of the tree that its rows are of, and which indicators count people. */
export interface Around {
  readonly laid: Pick<Laid, 'ids' | 'at'> | null
  readonly people: ReadonlySet<string>
}

/** How facts in memory lie in the rows of an answer: of a tree where `laid` is there, else of the values of what they are told apart by. */
export function layOut(columns: FactColumns, asking: Asking, { laid, people }: Around): Layout {
  const keys = new Map<string, number>()
  const rowOfKey = (key: string) => keys.get(key) ?? keys.set(key, keys.size).size - 1
  const firstDay = Math.max(dayNumber(asking.from), columns.firstDay)
  const lastDay = Math.min(dayNumber(asking.to), columns.lastDay)
  const shares = columns.kinds.map((kind) => sharesOf(kind, asking, people))
  const rows = { columns, asking, laid, firstDay, lastDay, rowOfKey }
  const passes = [false, true].map((untold) => ({
    signs: Int8Array.from(shares, (own) => own.find((share) => share.untold === untold)?.sign ?? 0),
    ...rowsOf(rows, untold),
  }))
  return {
    passes: passes.filter(({ signs }) => signs.some((sign) => sign !== 0)),
    firstDay,
    lastDay,
    places: maskOf(columns.places, asking.placeIds),
    organisations: maskOf(columns.organisations, asking.organisationIds),
    keys: [...keys.keys()],
  }
}

interface Rows {
  readonly columns: FactColumns
  readonly asking: Asking
  readonly laid: Pick<Laid, 'ids' | 'at'> | null
  readonly firstDay: number
  readonly lastDay: number
  readonly rowOfKey: (key: string) => number
}

function rowsOf({ columns, asking, laid, rowOfKey, ...days }: Rows, untold: boolean): Pick<Pass, 'rowOf' | 'of'> {
  const { by } = asking
  if (laid) {
    const of = by === 'place' ? 'place' : 'organisation'
    return { of, rowOf: rowsOfNodes(columns[`${of}s`], laid, rowOfKey) }
  }
  if (isBreakdown(by)) {
    return { of: 'kind', rowOf: Int32Array.from(columns.kinds, ({ part }) => rowOfKey(untold ? '' : part)) }
  }
  const keyOf = KEYS[by]
  if (keyOf) return { of: 'kind', rowOf: Int32Array.from(columns.kinds, (kind) => rowOfKey(keyOf(kind))) }
  const span = Math.max(0, days.lastDay - days.firstDay + 1)
  const month = (_: unknown, at: number) => rowOfKey(reportingMonth(days.firstDay + at, asking.firstDay))
  return { of: 'day', rowOf: Int32Array.from({ length: span }, month) }
}

/** What a kind is told apart by, as a text; as `fact.store.ts` has it for the database. */
const KEYS: Readonly<Partial<Record<Dimension, (kind: FactKind) => string>>> = {
  theme: ({ theme }) => theme ?? '',
  channel: ({ channel }) => channel,
  audience: ({ audience }) => audience,
  language: ({ language }) => language,
  grade: ({ grade }) => grade,
  acceptance: ({ acceptance }) => String(acceptance),
}

function rowsOfNodes(nodes: Numbered, { ids, at }: Pick<Laid, 'ids' | 'at'>, rowOfKey: (key: string) => number) {
  const rowOf = new Int32Array(nodes.size).fill(-1)
  const rowOfPlace = new Map<number, number>()
  for (const [n, id] of ids.entries()) {
    const number = nodes.find(id)
    const place = at[n]
    if (number === undefined || place === undefined) continue
    const row = rowOfPlace.get(place) ?? rowOfKey(String(place))
    rowOfPlace.set(place, row)
    rowOf[number] = row
  }
  return rowOf
}

function maskOf(nodes: Numbered, ids: readonly string[] | null): Uint8Array | null {
  if (ids === null) return null
  const mask = new Uint8Array(nodes.size)
  for (const id of ids) {
    const number = nodes.find(id)
    if (number !== undefined) mask[number] = 1
  }
  return mask
}
