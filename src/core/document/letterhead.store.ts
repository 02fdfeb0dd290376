import type { Db, Id } from '../kernel/index.ts'
import type { Letterhead } from './paper.ts'

export async function letterheadById(db: Db, organisationId: Id<'organisation'>): Promise<Letterhead | null> {
  const row = await db
    .selectFrom('letterhead')
    .select(['superior', 'issuer', 'abbreviation', 'place'])
    .where('organisationId', '=', organisationId)
    .executeTakeFirst()
  return row ?? null
}

export async function upsertLetterhead(
  db: Db,
  organisationId: Id<'organisation'>,
  letterhead: Letterhead,
): Promise<void> {
  await db
    .insertInto('letterhead')
    .values({ ...letterhead, organisationId })
    .onConflict((clash) => clash.column('organisationId').doUpdateSet({ ...letterhead }))
    .execute()
}
