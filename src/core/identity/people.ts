import * as v from 'valibot'
import { action, idOf, newId, Refusal, refuseIf, tidy, type Id } from '../kernel/index.ts'
import { NO_SECOND_FACTOR } from './account.ts'
import { insertPerson, personById, personByUsername, setCredential, setPersonState } from './identity.store.ts'
import { hashPassword } from './password-hash.ts'
import { newPassword } from './password.ts'
import { deleteSessions } from './session.store.ts'
import { whyNotManage } from './why-not-manage.ts'

export interface Issued {
  /** Shown once; only its hash is kept. */
  readonly password: string
  readonly personId: Id<'person'>
  readonly username: string
}

/** Adds a member of staff with a first password, which they must change. */
export const addPerson = action('identity.add_person', {
  input: v.object({
    username: v.pipe(v.string(), v.trim(), v.toLowerCase(), v.regex(/^[a-z0-9][a-z0-9._-]{1,60}$/)),
    name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)),
    language: v.optional(v.picklist(['vi', 'en']), 'vi'),
    email: v.optional(v.nullable(v.pipe(v.string(), v.trim(), v.email(), v.maxLength(200))), null),
    phone: v.optional(v.nullable(v.pipe(v.string(), v.trim(), v.regex(/^\+?[0-9][0-9 .]{7,18}$/))), null),
    mustChange: v.optional(v.boolean(), true),
  }),
  may: { who: 'roles', roles: ['administrator'] },
  records: ({ username }, { personId }: Issued) => ({ subject: 'person', subjectId: personId, facts: { username } }),
  async run(ctx, { username, name, mustChange, ...rest }): Promise<Issued> {
    if (await personByUsername(ctx.db, username)) throw new Refusal('identity.username_taken', { username }, 'username')
    const password = newPassword()
    const person = { ...rest, id: newId<'person'>(), username, name: tidy(name), state: 'active' as const }
    await insertPerson(ctx.db, person, await hashPassword(password), mustChange)
    return { password, personId: person.id, username }
  },
})

/**
 * Gives a person a new one-time password and ends all their sessions; with `secondFactor` it also takes away a second
 * factor whose phone and recovery codes are lost.
 */
export const resetPassword = action('identity.reset_password', {
  input: v.object({ personId: idOf<'person'>(), secondFactor: v.optional(v.boolean(), false) }),
  may: { who: 'roles', roles: ['administrator'] },
  records: ({ personId, secondFactor }, _issued: Issued) => ({
    subject: 'person',
    subjectId: personId,
    facts: { secondFactor },
  }),
  async run(ctx, { personId, secondFactor }): Promise<Issued> {
    const person = await personById(ctx.db, personId)
    if (!person) throw new Refusal('identity.not_found')
    refuseIf(await whyNotManage(ctx, personId))
    const password = newPassword()
    const change = { passwordHash: await hashPassword(password), mustChange: true }
    await setCredential(ctx.db, personId, secondFactor ? { ...change, ...NO_SECOND_FACTOR } : change)
    await deleteSessions(ctx.db, personId, null)
    return { password, personId, username: person.username }
  },
})

/** Shuts a person out, at once, or lets them in again. */
export const suspendPerson = action('identity.suspend_person', {
  input: v.object({ personId: idOf<'person'>(), suspended: v.boolean() }),
  may: { who: 'roles', roles: ['administrator'] },
  records: ({ personId, suspended }) => ({ subject: 'person', subjectId: personId, facts: { suspended } }),
  async run(ctx, { personId, suspended }) {
    if (!(await personById(ctx.db, personId))) throw new Refusal('identity.not_found')
    refuseIf(await whyNotManage(ctx, personId))
    await setPersonState(ctx.db, personId, suspended ? 'suspended' : 'active')
    if (suspended) await deleteSessions(ctx.db, personId, null)
  },
})
