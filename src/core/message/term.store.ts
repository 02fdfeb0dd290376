import { vietnamese, type Db, type Id } from '../kernel/index.ts'

/** The approved word of a language for a Vietnamese one (thuật ngữ). */
export interface Term {
  readonly id: Id<'term'>
  readonly language: string
  readonly source: string
  readonly approved: string
  readonly note: string
}

export async function upsertTerm(
  db: Db,
  { id, language, source, ...rest }: Term & { keptBy: Id<'person'> | null; keptAt: Date },
): Promise<void> {
  await db
    .insertInto('messageTerm')
    .values({ id, language, source, ...rest })
    .onConflict((clash) => clash.columns(['language', 'source']).doUpdateSet(rest))
    .execute()
}

/** The terms of a language, of all when null, by the Vietnamese word. */
export async function termsOf(db: Db, language: string | null): Promise<Term[]> {
  let query = db
    .selectFrom('messageTerm')
    .select(['id', 'language', 'source', 'approved', 'note'])
    .orderBy('language')
    .orderBy(vietnamese('source'))
  if (language) query = query.where('language', '=', language)
  return (await query.execute()) as Term[] // ids as upsertTerm wrote them
}

export async function deleteTerm(db: Db, id: Id<'term'>): Promise<void> {
  await db.deleteFrom('messageTerm').where('id', '=', id).execute()
}
