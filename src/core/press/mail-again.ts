import * as v from 'valibot'
import { action, idOf, Refusal } from '../kernel/index.ts'
import { outletById } from '../outlet/index.ts'
import { kitOf, moveKit } from './kit.store.ts'
import { mailKitJob } from './press.jobs.ts'

/** Has a press kit mailed once more, where the first was refused or nobody knows whether it left. */
export const mailKitAgain = action('press.mail_again', {
  input: v.object({ deliveryId: idOf<'delivery'>() }),
  may: {
    who: 'roles',
    roles: ['campaign_officer', 'press_officer'],
    within: async (ctx, { deliveryId }) => {
      const kit = await kitOf(ctx.db, deliveryId)
      return (kit && (await outletById(ctx.db, kit.outletId))?.organisationId) ?? null
    },
  },
  records: ({ deliveryId }) => ({ subject: 'delivery', subjectId: deliveryId, facts: {} }),
  async run(ctx, { deliveryId }) {
    const waiting = { state: 'waiting' as const, at: ctx.clock.now(), reason: '' }
    if (!(await moveKit(ctx.db, deliveryId, ['refused', 'unknown'], waiting))) throw new Refusal('press.kit_not_ended')
    await ctx.jobs.add(ctx.db, mailKitJob, { deliveryId })
  },
})
