import { fold, type Db, type Id } from '../kernel/index.ts'
import type { Person, Session } from './person.ts'

const PERSON = ['person.id', 'person.username', 'person.name', 'person.language', 'person.state'] as const

export interface Credential {
  readonly passwordHash: string
  readonly mustChange: boolean
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
    .orderBy('name')
    .limit(limit)
    .execute()
  return rows as Person[]
}

export async function anyPeople(db: Db): Promise<boolean> {
  return (await db.selectFrom('person').select('id').limit(1).executeTakeFirst()) !== undefined
}

export async function insertPerson(db: Db, person: Person, passwordHash: string, mustChange: boolean): Promise<void> {
  await db.insertInto('person').values(person).execute()
  await db.insertInto('credential').values({ personId: person.id, passwordHash, mustChange }).execute()
}

export async function setPersonState(db: Db, id: Id<'person'>, state: Person['state']): Promise<void> {
  await db.updateTable('person').set({ state }).where('id', '=', id).execute()
}

/** The credential, locked until the transaction ends, so that one code is not used twice at once. */
export async function credentialOf(db: Db, personId: Id<'person'>): Promise<Credential | null> {
  const row = await db
    .selectFrom('credential')
    .select(['passwordHash', 'mustChange', 'totpSecret', 'totpConfirmedAt', 'totpLastStep', 'recoveryHashes'])
    .where('personId', '=', personId)
    .forUpdate()
    .executeTakeFirst()
  return row ? { ...row, totpLastStep: row.totpLastStep === null ? null : Number(row.totpLastStep) } : null
}

export async function setCredential(db: Db, personId: Id<'person'>, change: Partial<Credential>): Promise<void> {
  await db.updateTable('credential').set(change).where('personId', '=', personId).execute()
}

export async function insertSession(db: Db, session: Session, tokenHash: string): Promise<void> {
  await db
    .insertInto('session')
    .values({ ...session, tokenHash })
    .execute()
}

export async function sessionByTokenHash(db: Db, tokenHash: string): Promise<(Session & { person: Person }) | null> {
  const row = await db
    .selectFrom('session')
    .innerJoin('person', 'person.id', 'session.personId')
    .select([
      'session.id as sessionId',
      'personId',
      'madeAt',
      'seenAt',
      'expiresAt',
      'secondFactorDone',
      'device',
      'address',
      ...PERSON,
    ])
    .where('tokenHash', '=', tokenHash)
    .executeTakeFirst()
  if (!row) return null
  const { sessionId, personId, madeAt, seenAt, expiresAt, secondFactorDone, device, address, ...person } = row
  const session = { id: sessionId, personId, madeAt, seenAt, expiresAt, secondFactorDone, device, address }
  return { ...(session as Session), person: person as Person } // ids and states as the tables keep them
}

export async function sessionsOf(db: Db, personId: Id<'person'>): Promise<Session[]> {
  const rows = await db
    .selectFrom('session')
    .select(['id', 'personId', 'madeAt', 'seenAt', 'expiresAt', 'secondFactorDone', 'device', 'address'])
    .where('personId', '=', personId)
    .orderBy('seenAt', 'desc')
    .execute()
  return rows as Session[] // ids as table `session` keeps them
}

export async function touchSession(db: Db, id: Id<'session'>, change: Partial<Session>): Promise<void> {
  const { id: _id, personId: _personId, ...rest } = change
  await db.updateTable('session').set(rest).where('id', '=', id).execute()
}

export async function deleteSessions(
  db: Db,
  personId: Id<'person'>,
  except: Id<'session'> | null,
  only: Id<'session'> | null,
): Promise<number> {
  let query = db.deleteFrom('session').where('personId', '=', personId)
  if (except) query = query.where('id', '<>', except)
  if (only) query = query.where('id', '=', only)
  const { numDeletedRows } = await query.executeTakeFirst()
  return Number(numDeletedRows)
}
