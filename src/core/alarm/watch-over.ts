import { asSystem, type Ctx } from '../kernel/index.ts'
import { clearAlarms, raiseAlarms, takeWatch } from './alarm.store.ts'
import { standstills, type JobsWait } from './standstills.ts'

/** Seconds from one look to the next. */
export const LOOK_SECONDS = 15

export interface Look {
  readonly raised: number
  readonly cleared: number
}

/**
 * One look at what should move: raises an alarm for each standstill that has none, clears those that are over. Every
 * process looks, the one with the pages too, because the first thing to be missed is a worker; of all at once one does.
 */
export async function watchOver(ctx: Ctx, jobsWait: JobsWait): Promise<Look> {
  return ctx.db.transaction().execute(async (db) => {
    if (!(await takeWatch(db))) return { raised: 0, cleared: 0 }
    const inside = { ...asSystem(ctx, 'watch'), db, inTransaction: true }
    const found = await standstills(inside, jobsWait)
    const now = ctx.clock.now()
    return { raised: await raiseAlarms(db, found, now), cleared: await clearAlarms(db, found, now) }
  })
}
