import type { Db, Id } from '../kernel/index.ts'

export interface Comment {
  readonly id: Id<'review_comment'>
  readonly subject: string
  readonly field: string
  readonly quote: string
  readonly words: string
  readonly madeBy: Id<'person'>
  readonly madeByName: string
  readonly madeAt: Date
  readonly resolvedAt: Date | null
}

export async function insertComment(
  db: Db,
  row: Omit<Comment, 'madeByName' | 'resolvedAt'> & { readonly messageId: Id<'message'> },
): Promise<void> {
  await db.insertInto('reviewComment').values(row).execute()
}

/** Oldest first, as a talk is read. */
export async function commentsOf(db: Db, messageId: Id<'message'>, limit = 500): Promise<Comment[]> {
  const rows = await db
    .selectFrom('reviewComment')
    .innerJoin('person', 'person.id', 'reviewComment.madeBy')
    .select([
      'reviewComment.id',
      'subject',
      'field',
      'quote',
      'words',
      'madeBy',
      'person.name as madeByName',
      'madeAt',
      'resolvedAt',
    ])
    .where('messageId', '=', messageId)
    .orderBy('madeAt')
    .limit(limit)
    .execute()
  return rows as Comment[] // ids as insertComment wrote them
}

/** False when there is none such. */
export async function resolve(
  db: Db,
  messageId: Id<'message'>,
  id: Id<'review_comment'>,
  resolvedBy: Id<'person'>,
  resolvedAt: Date,
): Promise<boolean> {
  const done = await db
    .updateTable('reviewComment')
    .set({ resolvedBy, resolvedAt })
    .where('id', '=', id)
    .where('messageId', '=', messageId)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}
