import type { Ctx, Id, Role, Waiting } from '../kernel/index.ts'
import { idsBelow } from '../organisation/index.ts'
import { activitiesWhere, countActivities } from './activity-list.store.ts'
import { ACCEPTORS, SENDERS } from './senders.ts'

/** More than this a page does not show. */
const MOST = 50
/** Beyond it the queue says “more than”. */
export const MOST_COUNTED = 999

/** The bodies in which this person holds one of these roles. */
export function bodiesHeld({ actor }: Ctx, roles: readonly Role[]): Id<'organisation'>[] {
  if (actor.kind !== 'person') return []
  return [...new Set(actor.grants.filter(({ role }) => roles.includes(role)).map((grant) => grant.organisationId))]
}

/** What was given back to this person's bodies, and how many activities wait to be accepted. */
export async function waitingFor(ctx: Ctx): Promise<Waiting[]> {
  if (ctx.actor.kind !== 'person') return []
  const own = bodiesHeld(ctx, SENDERS)
  const returned =
    own.length === 0 ? [] : await activitiesWhere(ctx.db, { organisations: own, states: ['returned'] }, null, MOST)
  const lines: Waiting[] = returned.map(({ id, topic, spot }) => ({
    wording: 'evidence_waiting_returned',
    facts: { title: topic || spot },
    path: `/evidence/${id}`,
    due: null,
  }))
  const count = await countToAccept(ctx)
  if (count > 0)
    lines.push({ wording: 'evidence_waiting_accept', facts: { count }, path: '/evidence/queue', due: null })
  return lines
}

/** How many activities wait for this person to accept them, `MOST_COUNTED` at most. */
export async function countToAccept(ctx: Ctx): Promise<number> {
  const filter = await toAccept(ctx)
  return filter ? countActivities(ctx.db, filter, MOST_COUNTED) : 0
}

/** Which activities wait for this person to accept them; null for who accepts nothing. */
export async function toAccept(ctx: Ctx) {
  const held = bodiesHeld(ctx, ACCEPTORS)
  if (ctx.actor.kind !== 'person' || held.length === 0) return null
  const concerning = [...(await idsBelow(ctx.db, held))]
  return { concerning, states: ['sent'] as const, notBy: ctx.actor.personId }
}
