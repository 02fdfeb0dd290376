import * as v from 'valibot'
import { action, idOf, newId, Refusal } from '../kernel/index.ts'
import {
  deleteSessions,
  insertPerson,
  personById,
  personByUsername,
  setCredential,
  setPersonState,
} from './identity.store.ts'
import { hashPassword, newPassword } from './password.ts'

export interface Issued {
  /** Shown once; only its hash is kept. */
  readonly password: string
  readonly personId: string
}

/** Adds a member of staff with a first password, which they must change. */
export const addPerson = action('identity.add_person', {
  input: v.object({
    username: v.pipe(v.string(), v.trim(), v.toLowerCase(), v.regex(/^[a-z0-9][a-z0-9._-]{1,60}$/)),
    name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)),
    language: v.optional(v.picklist(['vi', 'en']), 'vi'),
    mustChange: v.optional(v.boolean(), true),
  }),
  may: { who: 'roles', roles: ['administrator'] },
  records: ({ username }, { personId }: Issued) => ({ subject: 'person', subjectId: personId, facts: { username } }),
  async run(ctx, { username, name, language, mustChange }): Promise<Issued> {
    if (await personByUsername(ctx.db, username)) throw new Refusal('identity.username_taken', { username }, 'username')
    const password = newPassword()
    const person = { id: newId<'person'>(), username, name: name.normalize('NFC'), language, state: 'active' as const }
    await insertPerson(ctx.db, person, await hashPassword(password), mustChange)
    return { password, personId: person.id }
  },
})

/** Gives a person a new one-time password and ends all their sessions. */
export const resetPassword = action('identity.reset_password', {
  input: v.object({ personId: idOf<'person'>() }),
  may: { who: 'roles', roles: ['administrator'] },
  records: ({ personId }, _issued: Issued) => ({ subject: 'person', subjectId: personId, facts: {} }),
  async run(ctx, { personId }): Promise<Issued> {
    if (!(await personById(ctx.db, personId))) throw new Refusal('identity.not_found')
    const password = newPassword()
    await setCredential(ctx.db, personId, { passwordHash: await hashPassword(password), mustChange: true })
    await deleteSessions(ctx.db, personId, null, null)
    return { password, personId }
  },
})

/** Shuts a person out, at once, or lets them in again. */
export const suspendPerson = action('identity.suspend_person', {
  input: v.object({ personId: idOf<'person'>(), suspended: v.boolean() }),
  may: { who: 'roles', roles: ['administrator'] },
  records: ({ personId, suspended }) => ({ subject: 'person', subjectId: personId, facts: { suspended } }),
  async run(ctx, { personId, suspended }) {
    if (!(await personById(ctx.db, personId))) throw new Refusal('identity.not_found')
    await setPersonState(ctx.db, personId, suspended ? 'suspended' : 'active')
    if (suspended) await deleteSessions(ctx.db, personId, null, null)
  },
})
