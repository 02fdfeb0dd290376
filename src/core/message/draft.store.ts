import type { Db, Id } from '../kernel/index.ts'

/** What a person has typed and not saved: of the master (`master`) or of a rendition (its id). */
export interface Draft {
  readonly subject: string
  readonly fields: Readonly<Record<string, string>>
  /** The version that stood on the page while it was typed. */
  readonly basedOn: number
  readonly savedAt: Date
}

interface DraftOf extends Draft {
  readonly messageId: Id<'message'>
  readonly personId: Id<'person'>
}

export async function upsertDraft(db: Db, { fields, ...draft }: DraftOf): Promise<void> {
  const kept = { fields: JSON.stringify(fields), basedOn: draft.basedOn, savedAt: draft.savedAt }
  await db
    .insertInto('messageDraft')
    .values({ ...draft, ...kept })
    .onConflict((clash) => clash.columns(['messageId', 'personId', 'subject']).doUpdateSet(kept))
    .execute()
}

export async function draftOf(
  db: Db,
  messageId: Id<'message'>,
  personId: Id<'person'>,
  subject: string,
): Promise<Draft | null> {
  const row = await db
    .selectFrom('messageDraft')
    .select(['subject', 'fields', 'basedOn', 'savedAt'])
    .where('messageId', '=', messageId)
    .where('personId', '=', personId)
    .where('subject', '=', subject)
    .executeTakeFirst()
  return (row as unknown as Draft | undefined) ?? null // fields as upsertDraft wrote them
}

export interface Lock {
  readonly personId: Id<'person'>
  readonly personName: string
  readonly until: Date
}

/** Takes the lock, or keeps it, unless somebody else holds it still. True when it is ours. */
export async function takeLock(
  db: Db,
  lock: { messageId: Id<'message'>; subject: string; personId: Id<'person'>; until: Date },
  now: Date,
): Promise<boolean> {
  const taken = await db
    .insertInto('messageLock')
    .values(lock)
    .onConflict((clash) =>
      clash
        .columns(['messageId', 'subject'])
        .doUpdateSet({ personId: lock.personId, until: lock.until })
        .where((eb) => eb.or([eb('messageLock.personId', '=', lock.personId), eb('messageLock.until', '<=', now)])),
    )
    .returning('personId')
    .executeTakeFirst()
  return taken !== undefined
}

export async function lockOf(db: Db, messageId: Id<'message'>, subject: string, now: Date): Promise<Lock | null> {
  const row = await db
    .selectFrom('messageLock')
    .innerJoin('person', 'person.id', 'messageLock.personId')
    .select(['messageLock.personId', 'person.name as personName', 'until'])
    .where('messageId', '=', messageId)
    .where('subject', '=', subject)
    .where('until', '>', now)
    .executeTakeFirst()
  return (row as Lock | undefined) ?? null // the foreign key keeps the id what it says
}

/** What was typed is saved: the draft and the lock on it are done with. */
export async function endTyping(
  db: Db,
  messageId: Id<'message'>,
  personId: Id<'person'> | null,
  subject: string,
): Promise<void> {
  if (personId === null) return
  for (const table of ['messageDraft', 'messageLock'] as const) {
    await db
      .deleteFrom(table)
      .where('messageId', '=', messageId)
      .where('personId', '=', personId)
      .where('subject', '=', subject)
      .execute()
  }
}
