import type { Ctx, Id } from '../kernel/index.ts'
import { outletById } from '../outlet/index.ts'
import { releaseById } from '../release/index.ts'
import type { PressItem } from './item.ts'

/**
 * The body in which a role counts for an item: the newsroom's, for those who hold one there or above; else the body that
 * released it. Both may write down what became of it.
 */
export async function bodyInCharge(
  ctx: Ctx,
  item: Pick<PressItem, 'outletId' | 'releaseId'> | null,
): Promise<Id<'organisation'> | null> {
  const outlet = item && (await outletById(ctx.db, item.outletId))
  if (!outlet) return null
  const above = await ctx.hierarchy.above(ctx.db, outlet.organisationId)
  const { actor } = ctx
  const there = actor.kind === 'person' && actor.grants.some(({ organisationId }) => above.has(organisationId))
  return there ? outlet.organisationId : ((await releaseById(ctx.db, item.releaseId))?.organisationId ?? null)
}
