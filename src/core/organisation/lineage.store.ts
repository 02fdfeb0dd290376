import type { Day, Db, Id } from '../kernel/index.ts'
import type { Level } from './organisation.ts'

/** A body as a tree draws it: under whom it stands and how long it lived. */
export interface OrganisationNode {
  readonly id: Id<'organisation'>
  readonly code: string
  readonly name: string
  readonly level: Level
  readonly parentId: Id<'organisation'> | null
  readonly aliveFrom: Day | null
  readonly aliveTo: Day | null
}

/** Every body of all times with who carries on any of its duties, in no order: what the tree of any day is drawn from. */
export async function organisationLineage(db: Db) {
  const nodes = await db
    .selectFrom('organisation')
    .select(['id', 'code', 'name', 'level', 'parentId', 'aliveFrom', 'aliveTo'])
    .execute()
  const successions = await db.selectFrom('organisationSuccession').select(['fromId', 'toId']).distinct().execute()
  return { nodes: nodes as OrganisationNode[], successions } // the checks of table `organisation` keep level and ids what they say
}
