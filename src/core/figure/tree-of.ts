import type { Day, Db } from '../kernel/index.ts'
import { organisationLineage } from '../organisation/index.ts'
import { placeLineage } from '../place/index.ts'
import { mapOn, type TreeMap } from './tree-map.ts'
import { treeVersion } from './tree-version.store.ts'

/** Trees kept drawn: a person asks of today, of one other day, and of both trees. */
const MOST_KEPT = 8
const LINEAGES = { place: placeLineage, organisation: organisationLineage }
const kept = new Map<string, TreeMap>()

/** The tree of places or of bodies as of a day; drawn anew only when anything of it has changed. */
export async function treeOf(db: Db, tree: 'place' | 'organisation', day: Day): Promise<TreeMap> {
  // Read first: what is read after it is as new or newer, and is drawn anew the next time.
  const key = `${await treeVersion(db, tree)} ${day}`
  const known = kept.get(key)
  if (known) return known
  const drawn = mapOn(await LINEAGES[tree](db), day)
  kept.set(key, drawn)
  const oldest = kept.keys().next().value
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
  return drawn
}
