import { sql } from 'kysely'
import { fold, vietnamese, type Db, type Id } from '../kernel/index.ts'
import type { Person } from './person.ts'

export const PERSON = ['person.id', 'person.username', 'person.name', 'person.language', 'person.state'] as const

export interface Credential {
  readonly person: Person
  readonly passwordHash: string
  readonly mustChange: boolean
  /** Sealed, see Ctx.secrets. */
  readonly totpSecret: string | null
  readonly totpConfirmedAt: Date | null
  readonly totpLastStep: number | null
  readonly recoveryHashes: string[]
}

export async function personByUsername(db: Db, username: string): Promise<Person | null> {
  const row = await db.selectFrom('person').select(PERSON).where('username', '=', username).executeTakeFirst()
  return (row as Person | undefined) ?? null
}

export async function personById(db: Db, id: Id<'person'>): Promise<Person | null> {
  const row = await db.selectFrom('person').select(PERSON).where('id', '=', id).executeTakeFirst()
  return (row as Person | undefined) ?? null
}

export async function searchPeople(db: Db, words: string, limit: number): Promise<Person[]> {
  const rows = await db
    .selectFrom('person')
    .select(PERSON)
    .where('searchKey', 'like', `%${fold(words).replace(/[\\%_]/g, '\\$&')}%`)
    .orderBy(vietnamese('name'))
    .limit(limit)
    .execute()
  return rows as Person[]
}

/** Where a list of people goes on: after this one in the order of names. */
export interface PersonKey {
  readonly name: string
  readonly id: string
}

/** The people whose name or username has the words, by name; `limit` of them after `after`. */
export async function peopleAfter(db: Db, words: string, after: PersonKey | null, limit: number): Promise<Person[]> {
  let query = db
    .selectFrom('person')
    .select(PERSON)
    .where('searchKey', 'like', `%${fold(words).replace(/[\\%_]/g, '\\$&')}%`)
    .orderBy(vietnamese('name'))
    .orderBy('id')
    .limit(limit)
  if (after) query = query.where(sql<boolean>`(${vietnamese('name')}, id) > (${after.name}, ${after.id}::uuid)`)
  return (await query.execute()) as Person[]
}

/** Names by id, for pages that say who did what. */
export async function namesOfPeople(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('person').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Where mail reaches a member of staff; null where nobody wrote it down, and for one who is suspended. */
export async function emailOf(db: Db, id: Id<'person'>): Promise<string | null> {
  const row = await db
    .selectFrom('person')
    .select('email')
    .where('id', '=', id)
    .where('state', '=', 'active')
    .executeTakeFirst()
  return row?.email ?? null
}

export async function anyPeople(db: Db): Promise<boolean> {
  return (await db.selectFrom('person').select('id').limit(1).executeTakeFirst()) !== undefined
}

export async function insertPerson(
  db: Db,
  person: Person & { readonly email: string | null; readonly phone: string | null },
  passwordHash: string,
  mustChange: boolean,
): Promise<void> {
  await db.insertInto('person').values(person).execute()
  await db.insertInto('credential').values({ personId: person.id, passwordHash, mustChange }).execute()
}

export async function setPersonState(db: Db, id: Id<'person'>, state: Person['state']): Promise<void> {
  await db.updateTable('person').set({ state }).where('id', '=', id).execute()
}

/** The credential; `locked` until the transaction ends, so that one code is not used twice at once. */
export async function credentialOf(db: Db, personId: Id<'person'>, how?: 'locked'): Promise<Credential | null> {
  let query = db
    .selectFrom('credential')
    .innerJoin('person', 'person.id', 'credential.personId')
    .select([
      'passwordHash',
      'mustChange',
      'totpSecret',
      'totpConfirmedAt',
      'totpLastStep',
      'recoveryHashes',
      ...PERSON,
    ])
    .where('personId', '=', personId)
  if (how === 'locked') query = query.forUpdate('credential')
  const row = await query.executeTakeFirst()
  if (!row) return null
  const { id, username, name, language, state, ...rest } = row
  const person = { id, username, name, language, state } as Person // as table `person` keeps them
  return { ...rest, person, totpLastStep: rest.totpLastStep === null ? null : Number(rest.totpLastStep) }
}

export async function setCredential(
  db: Db,
  personId: Id<'person'>,
  change: Partial<Omit<Credential, 'person'>>,
): Promise<void> {
  await db.updateTable('credential').set(change).where('personId', '=', personId).execute()
}
