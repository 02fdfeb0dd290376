import * as v from 'valibot'
import { action, dayAt, DaySchema, idOf, newId, Refusal, type Ctx } from '../kernel/index.ts'
import {
  endDelegationOn,
  holdsOn,
  insertDelegation,
  membershipById,
  membershipOfDelegation,
  type Membership,
} from './membership.store.ts'

/** Lends one's own role to another person from day to day, by a written delegation (ủy quyền). */
export const delegate = action('organisation.delegate', {
  input: v.object({
    membershipId: idOf<'membership'>(),
    toPersonId: idOf<'person'>(),
    fromDay: DaySchema,
    toDay: DaySchema,
    legalReference: v.pipe(v.string(), v.trim(), v.minLength(3), v.maxLength(300)),
    reason: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(300)), ''),
  }),
  may: { who: 'signed_in' },
  records: (input, membership: Membership) => ({
    subject: 'organisation',
    subjectId: membership.organisationId,
    facts: { role: membership.role, to: input.toPersonId, from: input.fromDay, until: input.toDay },
  }),
  async run(ctx, input) {
    const membership = await membershipById(ctx.db, input.membershipId)
    if (!membership) throw new Refusal('organisation.role_not_found')
    if (!isOwn(ctx, membership)) throw new Refusal('organisation.not_your_role')
    if (membership.personId === input.toPersonId) throw new Refusal('organisation.delegate_to_self', {}, 'toPersonId')
    const today = dayAt(ctx.clock.now())
    if (!holdsOn(membership, today)) throw new Refusal('organisation.role_ended')
    if (input.toDay < input.fromDay || input.toDay < today) {
      throw new Refusal('organisation.delegation_days', {}, 'toDay')
    }
    // Nobody lends what they do not hold: on a day before the role began or after its own last day.
    if (input.fromDay < membership.fromDay || (membership.toDay !== null && input.toDay > membership.toDay)) {
      throw new Refusal('organisation.delegation_beyond_role', {}, 'toDay')
    }
    await insertDelegation(ctx.db, { ...input, id: newId<'delegation'>() })
    return membership
  },
})

/** Ends a delegation before its day: by who gave it, or an administrator. */
export const endDelegation = action('organisation.end_delegation', {
  input: v.object({ delegationId: idOf<'delegation'>() }),
  may: { who: 'signed_in' },
  records: (input, membership: Membership) => ({
    subject: 'organisation',
    subjectId: membership.organisationId,
    facts: { role: membership.role, delegation: input.delegationId },
  }),
  async run(ctx, { delegationId }) {
    const membership = await membershipOfDelegation(ctx.db, delegationId)
    if (!membership) throw new Refusal('organisation.role_not_found')
    if (!isOwn(ctx, membership) && !(await administers(ctx, membership)))
      throw new Refusal('organisation.not_your_role')
    await endDelegationOn(ctx.db, delegationId, dayAt(ctx.clock.now()))
    return membership
  },
})

function isOwn(ctx: Ctx, membership: Membership): boolean {
  return ctx.actor.kind === 'system' || (ctx.actor.kind === 'person' && ctx.actor.personId === membership.personId)
}

async function administers(ctx: Ctx, { organisationId }: Membership): Promise<boolean> {
  if (ctx.actor.kind !== 'person') return false
  const above = await ctx.hierarchy.above(ctx.db, organisationId)
  return ctx.actor.grants.some((grant) => grant.role === 'administrator' && above.has(grant.organisationId))
}
