import { languagesSpokenIn, placesAsOf, type Place } from '../place/index.ts'
import { languagesOfClusters } from '../station/index.ts'
import type { TreeMap } from './tree-map.ts'
import { treeOf } from './tree-of.ts'
import { keptWhileUnchanged } from './tree-version.store.ts'

/** Maps kept with their communes: a person asks of today, and of one other day. */
const MOST_KEPT = 4

/** What coverage of the map of a day stands on. */
export interface CoverageGround {
  readonly map: TreeMap
  /** The communes that stand on the map, in Vietnamese order, each with what is spoken there and what its clusters need. */
  readonly communes: readonly { readonly place: Place; readonly spoken: readonly string[] }[]
  /** The commune that is credited with what was noted at a place of any time; null where it counts above communes. */
  readonly commune: (placeId: string) => string | null
}

/** Drawn anew only when anything of the tree has changed. */
export const coverageGround = keptWhileUnchanged(MOST_KEPT, async (db, tree, day): Promise<CoverageGround> => {
  const map = await treeOf(db, tree, day)
  const { places, byId } = await everyPlace(db, tree)
  const standing = places.filter(({ id, level }) => {
    const { kind, at } = map.placed(id)
    return level === 'commune' && kind === 'whole' && at === id
  })
  const credited = new Map<string, string | null>()
  const commune = (placeId: string) => {
    const known = credited.get(placeId)
    if (known !== undefined) return known
    const path = map.pathTo(map.placed(placeId).at)
    const found = path.find((id) => map.node(id)?.level === 'commune') ?? null
    credited.set(placeId, found)
    return found
  }
  const clusters = [...(await languagesOfClusters(db, day))]
  const needed = Map.groupBy(clusters, ([placeId]) => commune(placeId))
  const heardIn = (place: Place) => (needed.get(place.id) ?? []).flatMap(([, languages]) => languages)
  return {
    map,
    communes: standing.map((place) => ({
      place,
      spoken: [...new Set([...languagesSpokenIn(place, byId), ...heardIn(place)])],
    })),
    commune,
  }
})

/** Places of all times, read anew only when one of them has changed. */
const everyPlace = keptWhileUnchanged(1, async (db) => {
  const places = await placesAsOf(db, null)
  return { places, byId: new Map(places.map((place) => [place.id, place])) }
})
