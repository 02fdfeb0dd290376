import { Refusal, type Ctx, type Id, type Role } from '../kernel/index.ts'
import { countOutside, stationsOfTakeover } from './takeover.store.ts'
import { APPROVERS, type Takeover } from './takeover.ts'

/** What stands in the way of who does not hold one of these roles over every one of these stations; null when they do. */
export async function whyNotOver(
  ctx: Ctx,
  roles: readonly Role[],
  stationIds: readonly Id<'outlet'>[],
): Promise<Refusal | null> {
  const { actor } = ctx
  if (actor.kind === 'system') return null
  if (actor.kind === 'nobody') return new Refusal('access.sign_in')
  const bodies = actor.grants.filter(({ role }) => roles.includes(role)).map(({ organisationId }) => organisationId)
  if (bodies.length === 0) return new Refusal('access.role', { roles: roles.join(',') })
  const outside = await countOutside(ctx.db, stationIds, [...new Set(bodies)])
  return outside === 0 ? null : new Refusal('takeover.outside', { count: outside })
}

/** The same over the stations of a takeover. */
export async function whyNotOverIts(
  ctx: Ctx,
  roles: readonly Role[],
  takeoverId: Id<'takeover'>,
): Promise<Refusal | null> {
  const stations = await stationsOfTakeover(ctx.db, takeoverId)
  return whyNotOver(
    ctx,
    roles,
    stations.map(({ stationId }) => stationId),
  )
}

/** Why this person may neither stop the speech nor hear what was kept of it; null when they may: who speaks, and who may approve. */
export async function whyNotWatch(ctx: Ctx, takeover: Pick<Takeover, 'id' | 'askedBy'>): Promise<Refusal | null> {
  const { actor } = ctx
  if (actor.kind === 'person' && actor.personId === takeover.askedBy) return null
  return whyNotOverIts(ctx, APPROVERS, takeover.id)
}
