import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'
import { FieldNames, type FieldName, type FieldSection } from './field-name.ts'

/** The names that fields have there now. */
export async function fieldNamesOf(db: Db): Promise<FieldNames> {
  return new FieldNames(await changedFieldNames(db))
}

/** Those that somebody has given, in order of their fields. */
export async function changedFieldNames(db: Db): Promise<FieldName[]> {
  return db.selectFrom('bridgeField').select(['section', 'field', 'name']).orderBy('section').orderBy('field').execute()
}

/** Lets nobody else change names until the transaction ends: two that are each good may clash together. */
export async function lockFieldNames(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('bridge field names', 0))`.execute(db)
}

/** The names of a part, in place of those that stood. */
export async function replaceFieldNames(
  db: Db,
  section: FieldSection,
  names: readonly Omit<FieldName, 'section'>[],
  by: { readonly keptAt: Date; readonly keptBy: Id<'person'> | null },
): Promise<void> {
  await db.deleteFrom('bridgeField').where('section', '=', section).execute()
  if (names.length === 0) return
  await db
    .insertInto('bridgeField')
    .values(names.map((one) => ({ ...one, ...by, section })))
    .execute()
}
