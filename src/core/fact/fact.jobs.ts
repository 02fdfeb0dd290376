import * as v from 'valibot'
import { job, type Ctx, type Job } from '../kernel/index.ts'

const Payload = v.object({ code: v.string() })

let follow: ((ctx: Ctx, code: string) => Promise<unknown>) | null = null

/** A fact was corrected: whoever says it is told. What follows is given by `whenFactChanges`, in the process that works. */
export const factChangedJob: Job<typeof Payload> = job('fact.changed', {
  payload: Payload,
  async run(ctx, { code }) {
    if (!follow) throw new Error('fact.changed runs in the worker, where whenFactChanges() was called')
    await follow(ctx, code)
  },
})

/** Says what follows when a fact changes; the app calls it once, where jobs are worked. */
export function whenFactChanges(given: (ctx: Ctx, code: string) => Promise<unknown>): void {
  follow = given
}
