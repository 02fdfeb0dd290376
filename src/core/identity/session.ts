import * as v from 'valibot'
import { action, idOf, Refusal, refuseIf, type Ctx, type Db, type Id } from '../kernel/index.ts'
import type { Person } from './person.ts'
import { hashToken } from './session-token.ts'
import {
  deleteSession,
  deleteSessions,
  idleSince,
  sessionById,
  sessionByTokenHash,
  setSeen,
  type StoredSession,
} from './session.store.ts'
import { whyNotManage } from './why-not-manage.ts'

const TOUCH_EVERY_MS = 60_000

export interface Opened {
  readonly person: Person
  readonly sessionId: Id<'session'>
  /** True until a one-time password is changed: before that the session is good for nothing else. */
  readonly mustChange: boolean
}

/**
 * Whose session a token is; null for none, an ended one, one that waits for its second factor (unless `halfOpen`), and
 * for a suspended person. Notes that it was seen, once a minute at most.
 */
export async function personOfToken(
  db: Db,
  token: string,
  now: Date,
  options: { halfOpen?: boolean } = {},
): Promise<Opened | null> {
  const session = await sessionByTokenHash(db, hashToken(token))
  if (!session || !isAlive(session, now)) return null
  if (!session.secondFactorDone && !options.halfOpen) return null
  if (now.getTime() - session.seenAt.getTime() > TOUCH_EVERY_MS) await setSeen(db, session.id, now)
  return { person: session.person, sessionId: session.id, mustChange: session.mustChange }
}

function isAlive({ person, expiresAt, seenAt }: StoredSession, now: Date): boolean {
  return person.state === 'active' && expiresAt > now && seenAt >= idleSince(now)
}

const ofPerson = (personId: Id<'person'> | null) =>
  personId === null ? null : { subject: 'person', subjectId: personId, facts: {} }

/** Ends the session of a token, also one that waits for its second factor. */
export const signOut = action('identity.sign_out', {
  input: v.object({ token: v.string() }),
  may: { who: 'anybody' },
  records: (_input, personId: Id<'person'> | null) => ofPerson(personId),
  async run(ctx, { token }) {
    const session = await sessionByTokenHash(ctx.db, hashToken(token))
    if (!session) return null
    await deleteSession(ctx.db, session.id)
    return session.personId
  },
})

/** Ends one of one's own sessions, or one of a person whom one administers. One that is over already stays over. */
export const endSession = action('identity.end_session', {
  input: v.object({ sessionId: idOf<'session'>() }),
  may: { who: 'signed_in' },
  records: (_input, personId: Id<'person'> | null) => ofPerson(personId),
  async run(ctx, { sessionId }) {
    const session = await sessionById(ctx.db, sessionId)
    if (!session) return null
    const own = ctx.actor.kind === 'person' && ctx.actor.personId === session.personId
    if (!own) refuseIf(await whyNotManage(ctx, session.personId))
    await deleteSession(ctx.db, sessionId)
    return session.personId
  },
})

/** Ends all of one's own sessions but this one. */
export const endOtherSessions = action('identity.end_other_sessions', {
  input: v.object({ sessionId: idOf<'session'>() }),
  may: { who: 'signed_in' },
  records: (_input, { personId, count }: { personId: Id<'person'>; count: number }) => ({
    subject: 'person',
    subjectId: personId,
    facts: { count },
  }),
  async run(ctx, { sessionId }) {
    const personId = whoever(ctx)
    return { personId, count: await deleteSessions(ctx.db, personId, sessionId) }
  },
})

/** The person who acts. @throws Refusal for anybody else. */
export function whoever(ctx: Ctx): Id<'person'> {
  if (ctx.actor.kind !== 'person') throw new Refusal('access.sign_in')
  return ctx.actor.personId
}
