import { dayAt, type Ctx, type Waiting } from '../kernel/index.ts'
import { whyNotOverIts } from './rights.ts'
import { waitingTakeovers } from './takeover.store.ts'
import { APPROVERS, whyNotApprove } from './takeover.ts'

/** Takeovers that this person may approve as the second one, and those that they asked for and may begin. */
export async function waitingFor(ctx: Ctx): Promise<Waiting[]> {
  const { actor, clock, db } = ctx
  if (actor.kind !== 'person' || !actor.grants.some(({ role }) => APPROVERS.includes(role))) return []
  const now = clock.now()
  const waiting: Waiting[] = []
  for (const takeover of await waitingTakeovers(db, now)) {
    const facts = { speaker: takeover.speaker }
    const due = { path: `/stations/live/${takeover.id}`, due: dayAt(now), facts }
    const begins = takeover.state === 'approved' && takeover.askedBy === actor.personId
    if (begins) waiting.push({ wording: 'takeover_waiting_begin', ...due })
    if (whyNotApprove(takeover, actor.personId, now) || (await whyNotOverIts(ctx, APPROVERS, takeover.id))) continue
    waiting.push({ wording: 'takeover_waiting_approve', ...due })
  }
  return waiting
}
