import type { Db, Id } from '../kernel/index.ts'
import type { NotedAnswer } from './answer.ts'

export async function insertAnswer(db: Db, { person: _name, ...answer }: NotedAnswer): Promise<void> {
  await db.insertInto('pressAnswer').values(answer).execute()
}

/** What was answered on these items, the last first. */
export async function answersOf(db: Db, itemIds: readonly Id<'press_item'>[]): Promise<NotedAnswer[]> {
  if (itemIds.length === 0) return []
  const rows = await db
    .selectFrom('pressAnswer')
    .leftJoin('person', 'person.id', 'pressAnswer.personId')
    .select([
      'pressAnswer.itemId',
      'pressAnswer.at',
      'pressAnswer.kind',
      'pressAnswer.medium',
      'pressAnswer.link',
      'pressAnswer.ranAt',
      'pressAnswer.minutes',
      'pressAnswer.note',
      'pressAnswer.personId',
      'person.name as person',
    ])
    .where('pressAnswer.itemId', 'in', [...itemIds])
    .orderBy('pressAnswer.id', 'desc')
    .execute()
  return rows as unknown as NotedAnswer[] // kinds and media by the checks of the table
}
