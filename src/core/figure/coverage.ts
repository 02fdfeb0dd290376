import type { Day, Db, Id } from '../kernel/index.ts'
import { coverageGround, type CoverageGround } from './coverage-ground.ts'
import { heard, type CoveredBy, type Heard } from './coverage.store.ts'
import type { Changed } from './held/changed-facts.ts'
import type { FactColumns } from './held/fact-columns.ts'
import { heardOf } from './held/heard-of.ts'
import { keptAnswer } from './kept-answer.ts'
import type { TreeMap } from './tree-map.ts'

/** One commune of the matrix. */
export interface CoverageRow {
  readonly placeId: Id<'place'>
  readonly code: string
  readonly name: string
  readonly latitude: number | null
  readonly longitude: number | null
  /** Square kilometres; null where nobody has said. */
  readonly areaKm2: number | null
  readonly cells: ReadonlyMap<string, { readonly times: number; readonly lastDay: Day }>
  /** What should be heard there: languages spoken there, or whatever of the columns is asked of all. */
  readonly wanted: readonly string[]
  /** What of that was not in the period. */
  readonly gaps: readonly string[]
}

export interface Coverage {
  readonly keys: readonly string[]
  readonly rows: readonly CoverageRow[]
  /** What counts above communes, or cannot be laid on one: it reached somebody, and no commune is credited with it. */
  readonly above: readonly { readonly key: string; readonly times: number }[]
}

export interface CoverageQuestion {
  readonly from: Day
  readonly to: Day
  readonly campaign: string | null
  readonly by: CoveredBy
  readonly mapDay: Day
  /** The communes within this place; all when null. */
  readonly place: string | null
  /** What every commune should have heard, beside what anyone has; of languages each commune's own. */
  readonly wanted: readonly string[]
}

type Cell = Readonly<{ times: number; lastDay: Day }>
type CellsOf = ReadonlyMap<string, ReadonlyMap<string, Cell>>

/** Who has heard what how often, and who nothing: communes of the map of a day, in Vietnamese order. */
export function coverageOf(db: Db, question: CoverageQuestion): Promise<Coverage> {
  const { by, mapDay } = question
  return keptAnswer<CoverageGround, Coverage>(
    db,
    { coverage: question },
    {
      ground: () => coverageGround(db, 'place', mapDay),
      asked: async (ground) => laidOnCommunes(ground, question, await heard(db, question, by)),
      made: (ground, facts) => laidOnCommunes(ground, question, heardOf(facts, question, by)),
      mended: (ground, facts, before, changed) => heardAnew(ground, question, { facts, before, changed }),
      numbers: ({ rows }) => rows.reduce((sum, { cells }) => sum + cells.size, rows.length),
    },
  )
}

function laidOnCommunes(ground: CoverageGround, question: CoverageQuestion, occasions: readonly Heard[]): Coverage {
  const { map, communes } = ground
  const { cells, above } = byCommune(ground, occasions, question.place)
  const within = communes.filter(({ place }) => isWithin(map, place.id, question.place))
  const rows = within.map(({ place: { id: placeId, code, name, latitude, longitude, areaKm2 }, spoken }) => {
    const wanted = question.by === 'language' ? spoken : question.wanted
    return told({ placeId, code, name, latitude, longitude, areaKm2, wanted }, cells)
  })
  return { keys: keysOf(rows), rows, above }
}

/**
 * The same after facts have changed. Occasions and last days cannot be taken back from a number: communes where anything
 * changed are asked anew, with all that counts in them; the others stand.
 */
function heardAnew(
  ground: CoverageGround,
  question: CoverageQuestion,
  { facts, before, changed: { came, went } }: { facts: FactColumns; before: Coverage; changed: Changed },
): Coverage {
  const touched = new Set([...came.places.texts, ...went.places.texts].map(ground.commune))
  if (!touched.has(null) && !before.rows.some(({ placeId }) => touched.has(placeId))) return before
  const only = Uint8Array.from(facts.places.texts, (placeId) => Number(touched.has(ground.commune(placeId))))
  const { cells, above } = byCommune(ground, heardOf(facts, question, question.by, only), question.place)
  const rows = before.rows.map((row) => (touched.has(row.placeId) ? told(row, cells) : row))
  return { keys: keysOf(rows), rows, above: touched.has(null) ? above : before.above }
}

const NOTHING: ReadonlyMap<string, Cell> = new Map()

function told(commune: Omit<CoverageRow, 'cells' | 'gaps'>, all: CellsOf): CoverageRow {
  const cells = all.get(commune.placeId) ?? NOTHING
  return { ...commune, cells, gaps: commune.wanted.filter((key) => !cells.has(key)) }
}

function keysOf(rows: readonly CoverageRow[]): string[] {
  const keys = new Set<string>()
  for (const { wanted } of rows) for (const key of wanted) keys.add(key)
  for (const { cells } of rows) for (const key of cells.keys()) keys.add(key)
  return [...keys]
}

function isWithin(map: TreeMap, placeId: string, top: string | null): boolean {
  return top === null || map.pathTo(map.placed(placeId).at).includes(top)
}

/** Occasions laid on the communes of the map: of villages on their commune, of merged communes on their successor. */
function byCommune(
  { map, commune }: CoverageGround,
  occasions: readonly Heard[],
  top: string | null,
): { cells: CellsOf; above: Coverage['above'] } {
  const cells = new Map<string, Map<string, Cell>>()
  const above = new Map<string, number>()
  for (const { placeId, key, times, lastDay } of occasions) {
    if (!isWithin(map, placeId, top)) continue
    const at = commune(placeId)
    if (at === null) {
      above.set(key, (above.get(key) ?? 0) + times)
      continue
    }
    const own = cells.get(at) ?? new Map<string, Cell>()
    const before = own.get(key)
    own.set(key, {
      times: times + (before?.times ?? 0),
      lastDay: before && before.lastDay > lastDay ? before.lastDay : lastDay,
    })
    cells.set(at, own)
  }
  return { cells, above: [...above].map(([key, times]) => ({ key, times })) }
}
