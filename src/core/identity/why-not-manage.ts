import { dayAt, Refusal, type Ctx, type Id } from '../kernel/index.ts'

/**
 * Why this actor may not reset, suspend or sign out a person; null when they may. An administrator manages those whose
 * every role lies in their own bodies or below, else one of a district could take over the account of the province's.
 */
export async function whyNotManage(ctx: Ctx, personId: Id<'person'>): Promise<Refusal | null> {
  const { actor } = ctx
  if (actor.kind === 'system') return null
  if (actor.kind === 'nobody') return new Refusal('access.sign_in')
  if (actor.personId === personId) return new Refusal('identity.own_account')
  const administers = actor.grants.filter(({ role }) => role === 'administrator')
  if (administers.length === 0) return new Refusal('access.role', { roles: 'administrator' })
  for (const body of await ctx.hierarchy.ofPerson(ctx.db, personId, dayAt(ctx.clock.now()))) {
    const above = await ctx.hierarchy.above(ctx.db, body)
    if (!administers.some(({ organisationId }) => above.has(organisationId))) {
      return new Refusal('access.organisation', { roles: 'administrator' })
    }
  }
  return null
}
