import { languagesSpokenIn, placesAsOf } from '../place/index.ts'
import type { Day, Db, Id } from '../kernel/index.ts'
import { heard, type CoveredBy, type Heard } from './coverage.store.ts'
import { keptAnswer } from './kept-answer.ts'
import type { TreeMap } from './tree-map.ts'
import { treeOf } from './tree-of.ts'
import { keptWhileUnchanged } from './tree-version.store.ts'

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
  /** What should be heard there and was not in the period: languages spoken there, or whatever of the columns is asked of all. */
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

/** Who has heard what how often, and who nothing: communes of the map of a day, in Vietnamese order. */
export function coverageOf(db: Db, question: CoverageQuestion): Promise<Coverage> {
  const numbers = ({ rows }: Coverage) => rows.reduce((sum, { cells }) => sum + cells.size, rows.length)
  return keptAnswer(db, { coverage: question }, { answer: () => laidOnCommunes(db, question), numbers })
}

async function laidOnCommunes(db: Db, question: CoverageQuestion): Promise<Coverage> {
  const map = await treeOf(db, 'place', question.mapDay)
  const { places, byId } = await everyPlace(db, 'place')
  const communes = places.filter(({ id, level }) => {
    const isThere = level === 'commune' && map.placed(id).kind === 'whole' && map.placed(id).at === id
    return isThere && (question.place === null || map.pathTo(id).includes(question.place))
  })
  const occasions = await heard(db, question, question.by)
  const { cells, above } = byCommune(map, occasions, question.place)
  const spoken = new Map(communes.map((place) => [place.id, languagesSpokenIn(place, byId)]))
  const wantedIn = (id: Id<'place'>) => (question.by === 'language' ? (spoken.get(id) ?? []) : question.wanted)
  const rows = communes.map(({ id: placeId, code, name, latitude, longitude, areaKm2 }) => {
    const own = cells.get(placeId) ?? new Map<string, { times: number; lastDay: Day }>()
    const gaps = wantedIn(placeId).filter((key) => !own.has(key))
    return { placeId, code, name, latitude, longitude, areaKm2, cells: own, gaps }
  })
  const keys = new Set([
    ...rows.flatMap((row) => wantedIn(row.placeId)),
    ...rows.flatMap(({ cells: own }) => [...own.keys()]),
  ])
  return { keys: [...keys], rows, above: [...above].map(([key, times]) => ({ key, times })) }
}

/** Places of all times, read anew only when one of them has changed. */
const everyPlace = keptWhileUnchanged(1, async (db) => {
  const places = await placesAsOf(db, null)
  return { places, byId: new Map(places.map((place) => [place.id, place])) }
})

/** Occasions laid on the communes of the map: of villages on their commune, of merged communes on their successor. */
function byCommune(map: TreeMap, occasions: readonly Heard[], top: string | null) {
  const cells = new Map<string, Map<string, { times: number; lastDay: Day }>>()
  const above = new Map<string, number>()
  for (const { placeId, key, times, lastDay } of occasions) {
    const { at } = map.placed(placeId)
    const path = map.pathTo(at)
    if (top !== null && !path.includes(top)) continue
    const commune = path.find((id) => map.node(id)?.level === 'commune')
    if (commune === undefined) {
      above.set(key, (above.get(key) ?? 0) + times)
      continue
    }
    const own = cells.get(commune) ?? new Map<string, { times: number; lastDay: Day }>()
    const before = own.get(key)
    own.set(key, {
      times: times + (before?.times ?? 0),
      lastDay: before && before.lastDay > lastDay ? before.lastDay : lastDay,
    })
    cells.set(commune, own)
  }
  return { cells, above }
}
