import type { Ctx, Waiting } from '../kernel/index.ts'
import { plansBefore } from './plan.store.ts'

/** Plans that were read and wait for somebody to confirm them, for those who may. */
export async function waitingFor(ctx: Ctx): Promise<Waiting[]> {
  if (ctx.actor.kind !== 'person') return []
  const mine = new Set(
    ctx.actor.grants
      .filter((grant) => ['campaign_officer', 'leader', 'administrator'].includes(grant.role))
      .map((grant) => grant.organisationId),
  )
  if (mine.size === 0) return []
  const waiting: Waiting[] = []
  for (const plan of await plansBefore(ctx.db, null, 50)) {
    if (plan.state !== 'read') continue
    const above = await ctx.hierarchy.above(ctx.db, plan.organisationId)
    if (![...mine].some((organisationId) => above.has(organisationId))) continue
    waiting.push({
      wording: 'plan_waiting_confirm',
      facts: { name: plan.notation ?? plan.title ?? plan.fileName },
      path: `/plans/${plan.id}`,
      due: null,
    })
  }
  return waiting
}
