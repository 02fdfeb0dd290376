import { sql } from 'kysely'
import { vietnamese, type Db, type Id } from '../kernel/index.ts'

/** How a word of a language is read out where its spelling does not say so (cách đọc). */
export interface Pronunciation {
  readonly id: Id<'pronunciation'>
  /** BCP 47. */
  readonly language: string
  readonly word: string
  readonly reading: string
  readonly note: string
}

/** Where a page begins: behind this word of the page before. */
export type PronunciationKey = Pick<Pronunciation, 'word' | 'id'>

const COLUMNS = ['id', 'language', 'word', 'reading', 'note'] as const

export async function upsertPronunciation(
  db: Db,
  { id, language, word, ...rest }: Pronunciation & { keptBy: Id<'person'> | null; keptAt: Date },
): Promise<void> {
  await db
    .insertInto('pronunciation')
    .values({ id, language, word, ...rest })
    .onConflict((clash) => clash.columns(['language', 'word']).doUpdateSet(rest))
    .execute()
}

/** All of a language, for a text to be said. */
export async function pronunciationsOf(db: Db, language: string): Promise<Pronunciation[]> {
  const rows = await db.selectFrom('pronunciation').select(COLUMNS).where('language', '=', language).execute()
  return rows as Pronunciation[] // ids as upsertPronunciation wrote them
}

/** In the order of a dictionary, from behind `after` on. */
export async function pronunciationPage(
  db: Db,
  after: PronunciationKey | null,
  limit: number,
): Promise<Pronunciation[]> {
  let query = db.selectFrom('pronunciation').select(COLUMNS)
  if (after) {
    query = query.where(
      sql<boolean>`(${vietnamese('word')}, id) > (${after.word} collate "vi-x-icu", ${after.id}::uuid)`,
    )
  }
  const rows = await query.orderBy(vietnamese('word')).orderBy('id').limit(limit).execute()
  return rows as Pronunciation[] // ids as upsertPronunciation wrote them
}

export async function deletePronunciation(db: Db, id: Id<'pronunciation'>): Promise<void> {
  await db.deleteFrom('pronunciation').where('id', '=', id).execute()
}
