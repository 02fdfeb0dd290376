import { Refusal, type Ctx, type Id } from '../kernel/index.ts'
import { idsBelow, organisationsWhere } from './organisation.store.ts'
import type { OrganisationKind } from './organisation.ts'

/** Bodies whose administrators keep the register when nobody stands above them. */
const KEEPERS: readonly OrganisationKind[] = ['peoples_committee', 'ministry', 'other']

/**
 * Whether the actor keeps the whole register: an administrator of a body at the top of the tree. Party, press and front
 * stand under no committee, and the tree of a new province under no old one: somebody must be able to let their people in.
 */
export async function keepsRegister(ctx: Ctx): Promise<boolean> {
  if (ctx.actor.kind === 'system') return true
  const held = await organisationsWhere(ctx.db, administered(ctx))
  return held.some((body) => body.parentId === null && KEEPERS.includes(body.kind))
}

/**
 * Why the actor may not touch these bodies: all must stand in the sub-tree of a body they administer. With `top` a body
 * without a superior is touched too, which only who keeps the register may do.
 */
export async function whyNotTouch(
  ctx: Ctx,
  touched: readonly Id<'organisation'>[],
  top: boolean,
): Promise<Refusal | null> {
  if (await keepsRegister(ctx)) return null
  if (top) return new Refusal('organisation.top_of_tree')
  const below = await idsBelow(ctx.db, administered(ctx))
  return touched.every((id) => below.has(id)) ? null : new Refusal('access.organisation')
}

function administered({ actor }: Ctx): Id<'organisation'>[] {
  if (actor.kind !== 'person') return []
  return actor.grants.filter((grant) => grant.role === 'administrator').map((grant) => grant.organisationId)
}
