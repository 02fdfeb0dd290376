import * as v from 'valibot'
import { action, idOf, Refusal, refuseIf } from '../kernel/index.ts'
import { bodyInCharge } from './body-in-charge.ts'
import { itemsOfDelivery } from './item.store.ts'
import { kitOf, moveKit } from './kit.store.ts'
import type { Kit } from './kit.ts'
import { mailKitJob } from './press.jobs.ts'

/** After this long a kit that still waits has been given up by the job that tries it. */
const TRIED_MS = 3_600_000

/** Has a press kit mailed once more, where the first was refused, given up, or nobody knows whether it left. */
export const mailKitAgain = action('press.mail_again', {
  input: v.object({ deliveryId: idOf<'delivery'>() }),
  may: {
    who: 'roles',
    roles: ['campaign_officer', 'press_officer'],
    within: async (ctx, { deliveryId }) => bodyInCharge(ctx, (await itemsOfDelivery(ctx.db, deliveryId))[0] ?? null),
  },
  records: ({ deliveryId }) => ({ subject: 'delivery', subjectId: deliveryId, facts: {} }),
  async run(ctx, { deliveryId }) {
    const now = ctx.clock.now()
    const kit = await kitOf(ctx.db, deliveryId)
    if (!kit) throw new Refusal('press.not_found')
    refuseIf(whyNotMailAgain(kit, now))
    await moveKit(ctx.db, deliveryId, [kit.state], { state: 'waiting', at: now, reason: '' })
    await ctx.jobs.add(ctx.db, mailKitJob, { deliveryId })
  },
})

/** Why a kit is not to be mailed once more; null when it may be. */
export function whyNotMailAgain({ state, at }: Pick<Kit, 'state' | 'at'>, now: Date): Refusal | null {
  const givenUp = state === 'waiting' && now.getTime() - at.getTime() > TRIED_MS
  return givenUp || state === 'refused' || state === 'unknown' ? null : new Refusal('press.kit_not_ended')
}
