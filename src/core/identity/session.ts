import * as v from 'valibot'
import { action, idOf, Refusal, type Ctx, type Db, type Id } from '../kernel/index.ts'
import { deleteSessions, sessionByTokenHash, touchSession } from './identity.store.ts'
import { SESSION_IDLE_HOURS, type Person } from './person.ts'
import { hashToken } from './session-token.ts'

const TOUCH_EVERY_MS = 60_000

export interface Opened {
  readonly person: Person
  readonly sessionId: Id<'session'>
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
  if (!session || session.person.state === 'suspended' || session.expiresAt <= now) return null
  if (now.getTime() - session.seenAt.getTime() > SESSION_IDLE_HOURS * 3_600_000) return null
  if (!session.secondFactorDone && !options.halfOpen) return null
  if (now.getTime() - session.seenAt.getTime() > TOUCH_EVERY_MS) await touchSession(db, session.id, { seenAt: now })
  return { person: session.person, sessionId: session.id }
}

/** Ends one of one's own sessions, at once. */
export const endSession = action('identity.end_session', {
  input: v.object({ sessionId: idOf<'session'>() }),
  may: { who: 'signed_in' },
  records: (_input, personId: Id<'person'>) => ({ subject: 'person', subjectId: personId, facts: {} }),
  async run(ctx, { sessionId }) {
    const personId = whoever(ctx)
    await deleteSessions(ctx.db, personId, null, sessionId)
    return personId
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
    return { personId, count: await deleteSessions(ctx.db, personId, sessionId, null) }
  },
})

/** The person who acts. @throws Refusal for anybody else. */
export function whoever(ctx: Ctx): Id<'person'> {
  if (ctx.actor.kind !== 'person') throw new Refusal('access.sign_in')
  return ctx.actor.personId
}
