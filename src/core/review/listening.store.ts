import type { Db, Id } from '../kernel/index.ts'

export type ListeningKind = 'began' | 'played' | 'declared'

/** Notes it; what was noted before stays as it was. False when it was. */
export async function insertListening(
  db: Db,
  row: {
    readonly id: Id<'listening'>
    readonly personId: Id<'person'>
    readonly sha256: string
    readonly kind: ListeningKind
    readonly at: Date
  },
): Promise<boolean> {
  const done = await db
    .insertInto('listening')
    .values(row)
    .onConflict((clash) => clash.doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

/** When a person first fetched each of these recordings, and which they have listened to. */
export async function listeningsOf(
  db: Db,
  personId: Id<'person'>,
  hashes: readonly string[],
): Promise<{ readonly began: ReadonlyMap<string, Date>; readonly heard: ReadonlySet<string> }> {
  if (hashes.length === 0) return { began: new Map(), heard: new Set() }
  const rows = await db
    .selectFrom('listening')
    .select(['sha256', 'kind', 'at'])
    .where('personId', '=', personId)
    .where('sha256', 'in', hashes)
    .execute()
  return {
    began: new Map(rows.filter(({ kind }) => kind === 'began').map(({ sha256, at }) => [sha256, at])),
    heard: new Set(rows.filter(({ kind }) => kind !== 'began').map(({ sha256 }) => sha256)),
  }
}
