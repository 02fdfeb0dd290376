import { keepSchedules, noteRun } from '../core/alarm/index.ts'
import type { Ctx, Job } from '../core/kernel/index.ts'

/** The same jobs, of which those that come round note when they ran to their end: a watch misses one that did not. */
export function notingRuns(all: readonly Job[]): Job[] {
  return all.map((job) => {
    if (!job.every) return job
    return {
      ...job,
      async run(ctx, payload) {
        await job.run(ctx, payload)
        await noteRun(ctx.db, job.name, ctx.clock.now())
      },
    }
  })
}

/** Keeps which jobs come round, so that the watch knows when each was due. */
export async function keepRounds({ db, clock }: Ctx, all: readonly Job[]): Promise<void> {
  const rounds = all.flatMap((job) => (job.every ? [{ job: job.name, every: job.every }] : []))
  await keepSchedules(db, rounds, clock.now())
}
