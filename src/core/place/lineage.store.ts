import type { Day, Db, Id } from '../kernel/index.ts'
import type { PlaceLevel } from './place.ts'

/** A place as a map draws it: where it hangs and how long it lived. */
export interface PlaceNode {
  readonly id: Id<'place'>
  readonly code: string
  readonly name: string
  readonly level: PlaceLevel
  readonly parentId: Id<'place'> | null
  readonly aliveFrom: Day | null
  readonly aliveTo: Day | null
}

/** Every place of all times with what became of it, in no order: what a map of any day is drawn from. */
export async function placeLineage(db: Db) {
  const nodes = await db
    .selectFrom('place')
    .select(['id', 'code', 'name', 'level', 'parentId', 'aliveFrom', 'aliveTo'])
    .execute()
  const successions = await db.selectFrom('placeSuccession').select(['fromId', 'toId']).execute()
  return { nodes: nodes as PlaceNode[], successions } // the checks of table `place` keep level and ids what they say
}
