import * as v from 'valibot'
import { action, idOf, Refusal } from '../kernel/index.ts'
import { bodyInCharge } from './body-in-charge.ts'
import { itemsOfDelivery } from './item.store.ts'
import { moveKit } from './kit.store.ts'
import { mailKitJob } from './press.jobs.ts'

/** Has a press kit mailed once more, where the first was refused or nobody knows whether it left. */
export const mailKitAgain = action('press.mail_again', {
  input: v.object({ deliveryId: idOf<'delivery'>() }),
  may: {
    who: 'roles',
    roles: ['campaign_officer', 'press_officer'],
    within: async (ctx, { deliveryId }) => bodyInCharge(ctx, (await itemsOfDelivery(ctx.db, deliveryId))[0] ?? null),
  },
  records: ({ deliveryId }) => ({ subject: 'delivery', subjectId: deliveryId, facts: {} }),
  async run(ctx, { deliveryId }) {
    const waiting = { state: 'waiting' as const, at: ctx.clock.now(), reason: '' }
    if (!(await moveKit(ctx.db, deliveryId, ['refused', 'unknown'], waiting))) throw new Refusal('press.kit_not_ended')
    await ctx.jobs.add(ctx.db, mailKitJob, { deliveryId })
  },
})
