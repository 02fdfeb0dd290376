import { addDays, dayAt, type Ctx, type Id, type Role, type Waiting } from '../kernel/index.ts'
import { idsBelow } from '../organisation/index.ts'
import { activitiesWhere, countActivities, oldestReceived } from './activity-list.store.ts'
import { ACCEPTORS, SENDERS } from './senders.ts'

/** More than this a page does not show. */
const MOST = 50
/** What nobody has answered in so many days goes before the bodies above. */
export const ANSWER_WITHIN_DAYS = 7
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
  const filter = await toAccept(ctx)
  const oldest = filter && (await oldestReceived(ctx.db, filter))
  if (!filter || !oldest) return lines
  const count = await countActivities(ctx.db, filter, MOST_COUNTED)
  const due = addDays(dayAt(oldest), ANSWER_WITHIN_DAYS)
  return [...lines, { wording: 'evidence_waiting_accept', facts: { count }, path: '/evidence/queue', due }]
}

/**
 * Which activities wait for this person to accept them: of their bodies, owed to these, and what has lain below them
 * without an answer for longer than it may. Null for who accepts nothing.
 */
export async function toAccept(ctx: Ctx) {
  const held = bodiesHeld(ctx, ACCEPTORS)
  if (ctx.actor.kind !== 'person' || held.length === 0) return null
  const lyingSince = new Date(ctx.clock.now().getTime() - ANSWER_WITHIN_DAYS * 86_400_000)
  const before = { bodies: held, below: [...(await idsBelow(ctx.db, held))], lyingSince }
  return { before, states: ['sent'] as const, notBy: ctx.actor.personId }
}
