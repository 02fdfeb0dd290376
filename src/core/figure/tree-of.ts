import { organisationLineage } from '../organisation/index.ts'
import { placeLineage } from '../place/index.ts'
import { mapOn } from './tree-map.ts'
import { keptWhileUnchanged } from './tree-version.store.ts'

/** Trees kept drawn: a person asks of today, of one other day, and of both trees. */
const MOST_KEPT = 8
const LINEAGES = { place: placeLineage, organisation: organisationLineage }

/** The tree of places or of bodies as of a day; drawn anew only when anything of it has changed. */
export const treeOf = keptWhileUnchanged(MOST_KEPT, async (db, tree, day) => mapOn(await LINEAGES[tree](db), day))
