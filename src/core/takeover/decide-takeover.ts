import * as v from 'valibot'
import { actingPerson, action, idOf, Refusal, refuseIf, type Ctx, type Id } from '../kernel/index.ts'
import { whyNotOverIts, whyNotWatch } from './rights.ts'
import { lockTakeover, updateTakeover } from './takeover.store.ts'
import { APPROVED_LAPSES_MS, APPROVERS, whyNotApprove, type Takeover } from './takeover.ts'

const One = v.object({ takeoverId: idOf<'takeover'>() })

export function aboutTakeover(takeoverId: Id<'takeover'>, facts: Record<string, string | number> = {}) {
  return { subject: 'takeover', subjectId: takeoverId, facts }
}

/** @throws Refusal `takeover.not_found` */
export async function held(ctx: Ctx, takeoverId: Id<'takeover'>): Promise<Takeover> {
  const takeover = await lockTakeover(ctx.db, takeoverId)
  if (!takeover) throw new Refusal('takeover.not_found')
  return takeover
}

/** A second person allows it: who asked may now begin, for half an hour. */
export const approveTakeover = action('takeover.approve', {
  input: One,
  may: { who: 'roles', roles: APPROVERS },
  records: ({ takeoverId }) => aboutTakeover(takeoverId),
  async run(ctx, { takeoverId }) {
    const takeover = await held(ctx, takeoverId)
    const [now, personId] = [ctx.clock.now(), actingPerson(ctx)]
    refuseIf(whyNotApprove(takeover, personId, now))
    refuseIf(await whyNotOverIts(ctx, APPROVERS, takeoverId))
    const lapsesAt = new Date(now.getTime() + APPROVED_LAPSES_MS)
    await updateTakeover(ctx.db, takeoverId, { state: 'approved', approvedBy: personId, approvedAt: now, lapsesAt })
  },
})

/** It is not to be: said by who asked, or by who might approve, before anybody has spoken. */
export const dropTakeover = action('takeover.drop', {
  input: v.object({ ...One.entries, reason: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(1_000)) }),
  may: { who: 'signed_in' },
  records: ({ takeoverId }) => aboutTakeover(takeoverId),
  async run(ctx, { takeoverId, reason }) {
    const takeover = await held(ctx, takeoverId)
    refuseIf(await whyNotWatch(ctx, takeover))
    if (takeover.state !== 'asked' && takeover.state !== 'approved') throw new Refusal('takeover.not_waiting')
    const dropped = { droppedBy: actingPerson(ctx), droppedAt: ctx.clock.now(), droppedReason: reason }
    await updateTakeover(ctx.db, takeoverId, { state: 'dropped', ...dropped })
  },
})
