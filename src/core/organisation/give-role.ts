import * as v from 'valibot'
import { action, dayAt, DaySchema, idOf, newId, Refusal, ROLES, type Ctx, type Id } from '../kernel/index.ts'
import { keepsRegister } from './keep-register.ts'
import { endMembership, insertMembership, membershipById, type Membership } from './membership.store.ts'

/** Gives a person a role in an organisation, and so in everything below it. */
export const giveRole = action('organisation.give_role', {
  input: v.object({
    personId: idOf<'person'>(),
    organisationId: idOf<'organisation'>(),
    role: v.picklist(ROLES),
    fromDay: v.optional(DaySchema),
  }),
  may: { who: 'roles', roles: ['administrator'], within: (ctx, input) => unlessKept(ctx, input.organisationId) },
  records: (input, given: boolean) =>
    given
      ? {
          subject: 'organisation',
          subjectId: input.organisationId,
          facts: { role: input.role, person: input.personId },
        }
      : null,
  run: (ctx, input) =>
    insertMembership(ctx.db, {
      ...input,
      id: newId<'membership'>(),
      fromDay: input.fromDay ?? dayAt(ctx.clock.now()),
    }),
})

/** Ends a role today. The last administrator of a province cannot end their own: nobody could give it back. */
export const endRole = action('organisation.end_role', {
  input: v.object({ membershipId: idOf<'membership'>() }),
  may: {
    who: 'roles',
    roles: ['administrator'],
    within: async (ctx, input) => unlessKept(ctx, await organisationOf(ctx, input.membershipId)),
  },
  records: (_input, ended: Membership) => ({
    subject: 'organisation',
    subjectId: ended.organisationId,
    facts: { role: ended.role, person: ended.personId },
  }),
  async run(ctx, { membershipId }) {
    const membership = await membershipById(ctx.db, membershipId)
    if (!membership) throw new Refusal('organisation.role_not_found')
    const own = ctx.actor.kind === 'person' && ctx.actor.personId === membership.personId
    if (own && membership.role === 'administrator') throw new Refusal('organisation.own_administrator')
    await endMembership(ctx.db, membershipId, dayAt(ctx.clock.now()))
    return membership
  },
})

/** Where the role of administrator must be held; anywhere for who keeps the register. */
async function unlessKept(ctx: Ctx, id: Id<'organisation'> | null): Promise<Id<'organisation'> | null> {
  return (await keepsRegister(ctx)) ? null : id
}

async function organisationOf(ctx: Ctx, id: Id<'membership'>): Promise<Id<'organisation'> | null> {
  return (await membershipById(ctx.db, id))?.organisationId ?? null
}
