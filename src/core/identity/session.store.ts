import type { Db, Id } from '../kernel/index.ts'
import { PERSON } from './identity.store.ts'
import { SESSION_IDLE_HOURS, type Person, type Session } from './person.ts'

const SESSION = ['personId', 'madeAt', 'seenAt', 'expiresAt', 'secondFactorDone', 'device', 'address'] as const

export async function insertSession(db: Db, session: Session, tokenHash: string): Promise<void> {
  await db
    .insertInto('session')
    .values({ ...session, tokenHash })
    .execute()
}

export interface StoredSession extends Session {
  readonly person: Person
  readonly mustChange: boolean
}

export async function sessionByTokenHash(db: Db, tokenHash: string): Promise<StoredSession | null> {
  const row = await db
    .selectFrom('session')
    .innerJoin('person', 'person.id', 'session.personId')
    .innerJoin('credential', 'credential.personId', 'session.personId')
    .select(['session.id as sessionId', 'session.personId', 'mustChange', ...SESSION.slice(1), ...PERSON])
    .where('tokenHash', '=', tokenHash)
    .executeTakeFirst()
  if (!row) return null
  const { id, username, name, language, state, sessionId, ...rest } = row
  return { ...rest, id: sessionId, person: { id, username, name, language, state } } as StoredSession // ids and states as the tables keep them
}

export async function sessionById(db: Db, id: Id<'session'>): Promise<Session | null> {
  const row = await db
    .selectFrom('session')
    .select(['id', ...SESSION])
    .where('id', '=', id)
    .executeTakeFirst()
  return (row as Session | undefined) ?? null // ids as table `session` keeps them
}

/** The sessions of a person that are alive, last seen first. */
export async function sessionsOf(db: Db, personId: Id<'person'>, now: Date): Promise<Session[]> {
  const rows = await db
    .selectFrom('session')
    .select(['id', ...SESSION])
    .where('personId', '=', personId)
    .where('expiresAt', '>', now)
    .where('seenAt', '>=', idleSince(now))
    .orderBy('seenAt', 'desc')
    .execute()
  return rows as Session[] // ids as table `session` keeps them
}

export async function setSeen(db: Db, id: Id<'session'>, seenAt: Date): Promise<void> {
  await db.updateTable('session').set({ seenAt }).where('id', '=', id).execute()
}

export async function confirmSession(db: Db, id: Id<'session'>, now: Date, expiresAt: Date): Promise<void> {
  await db.updateTable('session').set({ secondFactorDone: true, seenAt: now, expiresAt }).where('id', '=', id).execute()
}

export async function deleteSession(db: Db, id: Id<'session'>): Promise<void> {
  await db.deleteFrom('session').where('id', '=', id).execute()
}

/** Ends all sessions of a person but `kept`; answers how many. */
export async function deleteSessions(db: Db, personId: Id<'person'>, kept: Id<'session'> | null): Promise<number> {
  let query = db.deleteFrom('session').where('personId', '=', personId)
  if (kept) query = query.where('id', '<>', kept)
  return Number((await query.executeTakeFirst()).numDeletedRows)
}

export async function deleteDeadSessions(db: Db, personId: Id<'person'>, now: Date): Promise<void> {
  await db
    .deleteFrom('session')
    .where('personId', '=', personId)
    .where((eb) => eb.or([eb('expiresAt', '<=', now), eb('seenAt', '<', idleSince(now))]))
    .execute()
}

/** A session last seen before this is dead. */
export function idleSince(now: Date): Date {
  return new Date(now.getTime() - SESSION_IDLE_HOURS * 3_600_000)
}
