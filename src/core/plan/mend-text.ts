import * as v from 'valibot'
import { action, dayAt, idOf, Refusal, refuseIf } from '../kernel/index.ts'
import { insertProposals, removeProposed } from './item.store.ts'
import { lockPlan, planById, setReading } from './plan.store.ts'
import { whyNot } from './plan.ts'
import { headColumns, withIds } from './read-plan-file.ts'
import { readPlan } from './reading/read-plan.ts'
import { registerOf } from './register.ts'

/**
 * Puts the text a person mended in the place of what the machine read off a scan, and reads the plan from it again.
 * What people have decided on stays; what the machine alone had proposed is proposed anew.
 */
export const mendText = action('plan.mend_text', {
  input: v.object({ planId: idOf<'plan'>(), text: v.pipe(v.string(), v.minLength(1), v.maxLength(4_000_000)) }),
  may: {
    who: 'roles',
    roles: ['campaign_officer', 'leader', 'administrator'],
    within: async (ctx, { planId }) => (await planById(ctx.db, planId))?.organisationId ?? null,
  },
  records: ({ planId }) => ({ subject: 'plan', subjectId: planId, facts: {} }),
  async run(ctx, { planId, text }) {
    const plan = await lockPlan(ctx.db, planId)
    if (!plan) throw new Refusal('plan.not_found')
    refuseIf(whyNot(plan, 'mendText'))
    const reading = readPlan(text.replace(/\r\n?/g, '\n'), {
      register: await registerOf(ctx.db),
      today: dayAt(ctx.clock.now()),
    })
    await setReading(ctx.db, planId, {
      text: reading.text,
      machineText: plan.machineText ?? plan.text,
      reading,
      ...headColumns(reading.document),
    })
    await removeProposed(ctx.db, planId)
    await insertProposals(ctx.db, planId, withIds(reading))
  },
})
