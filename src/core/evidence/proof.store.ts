import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'
import type { Proof } from './activity.ts'

const COLUMNS = ['id', 'kind', 'mediaId', 'value', 'doubtful', 'addedAt'] as const

/** The first first. */
export async function proofsOf(db: Db, activityId: Id<'activity'>): Promise<Proof[]> {
  const rows = await db
    .selectFrom('activityProof')
    .select(COLUMNS)
    .where('activityId', '=', activityId)
    .orderBy('addedAt')
    .orderBy('id')
    .execute()
  return rows as Proof[] // the checks of table `activity_proof` keep kinds and ids what they say
}

/** Proofs of several activities, by activity. */
export async function proofsOfAll(
  db: Db,
  activityIds: readonly Id<'activity'>[],
): Promise<Map<Id<'activity'>, Proof[]>> {
  if (activityIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('activityProof')
    .select([...COLUMNS, 'activityId'])
    .where('activityId', 'in', activityIds)
    .orderBy('addedAt')
    .orderBy('id')
    .execute()
  const found = rows as (Proof & { readonly activityId: Id<'activity'> })[] // as in proofsOf
  return Map.groupBy(found, ({ activityId }) => activityId)
}

/** Adds it; the same file again adds nothing. Answers whether it is new. */
export async function insertProof(db: Db, proof: Proof & { readonly activityId: Id<'activity'> }): Promise<boolean> {
  const rows = await db
    .insertInto('activityProof')
    .values(proof)
    .onConflict((clash) => clash.columns(['activityId', 'mediaId']).doNothing())
    .returning('id')
    .execute()
  return rows.length > 0
}

/** Takes it away. Answers whether it was there. */
export async function deleteProof(db: Db, activityId: Id<'activity'>, id: Id<'activity_proof'>): Promise<boolean> {
  const rows = await db
    .deleteFrom('activityProof')
    .where('id', '=', id)
    .where('activityId', '=', activityId)
    .returning('id')
    .execute()
  return rows.length > 0
}

export async function setDoubtful(db: Db, activityId: Id<'activity'>, mediaIds: readonly Id<'media'>[]): Promise<void> {
  await db
    .updateTable('activityProof')
    .set({ doubtful: sql<boolean>`media_id = any(${[...mediaIds]}::uuid[])` })
    .where('activityId', '=', activityId)
    .where('mediaId', 'is not', null)
    .execute()
}

/** Activities that a file proves. */
export async function activitiesShowing(db: Db, mediaId: Id<'media'>): Promise<Id<'activity'>[]> {
  const rows = await db.selectFrom('activityProof').select('activityId').where('mediaId', '=', mediaId).execute()
  return rows.map(({ activityId }) => activityId as Id<'activity'>)
}

/** The earliest activity, received before this one and not withdrawn, that one of these pictures shows; by picture. */
export async function shownBefore(
  db: Db,
  activityId: Id<'activity'>,
  mediaIds: readonly Id<'media'>[],
): Promise<Map<Id<'media'>, Id<'activity'>>> {
  if (mediaIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('activityProof as proof')
    .innerJoin('activity as other', 'other.id', 'proof.activityId')
    .innerJoin('activity as own', (join) => join.on('own.id', '=', activityId))
    .select(['proof.mediaId', 'other.id as activityId'])
    .where('proof.mediaId', 'in', mediaIds)
    .whereRef('other.id', '<>', 'own.id')
    .where('other.state', '<>', 'withdrawn')
    .where((eb) =>
      eb.or([
        eb('other.receivedAt', '<', eb.ref('own.receivedAt')),
        eb.and([eb('other.receivedAt', '=', eb.ref('own.receivedAt')), eb('other.id', '<', eb.ref('own.id'))]),
      ]),
    )
    .orderBy('other.receivedAt', 'desc')
    .execute()
  return new Map(rows.map((row) => [row.mediaId as Id<'media'>, row.activityId as Id<'activity'>])) // as in proofsOf
}
