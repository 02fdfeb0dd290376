import * as v from 'valibot'
import { idOf, job, type Ctx, type Id, type Job } from '../kernel/index.ts'

const Payload = v.object({ planId: idOf<'plan'>() })

let reader: ((ctx: Ctx, planId: Id<'plan'>) => Promise<void>) | null = null

/** Reads the file of a plan. What it reads with is given by `readPlansWith`, in the process that works. */
export const readPlanJob: Job<typeof Payload> = job('plan.read', {
  payload: Payload,
  retry: { times: 2, firstAfterSeconds: 5 },
  async run(ctx, { planId }) {
    if (!reader) throw new Error('plan.read runs in the worker, where readPlansWith() was called')
    await reader(ctx, planId)
  },
})

/** Says what does the reading; the app calls it once, where jobs are worked. */
export function readPlansWith(given: (ctx: Ctx, planId: Id<'plan'>) => Promise<void>): void {
  reader = given
}
