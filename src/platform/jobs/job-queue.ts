import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import { fromKysely, PgBoss } from 'pg-boss'
import * as v from 'valibot'
import type { Ctx, Db, Job, JobQueue } from '../../core/kernel/index.ts'

export interface Jobs extends JobQueue {
  /** Makes the queues that `add` fills. Wanted once in each process before the first `add`. */
  prepare(jobs: readonly Job[]): Promise<void>
  /** Starts doing the work; each job runs in the context that `contextOf` makes for it. */
  work(jobs: readonly Job[], contextOf: (job: Job) => Ctx): Promise<void>
  /** Since when the oldest job that is due waits to be begun, by the clock of the database; null when none does. */
  waitingSince(db: Db): Promise<Date | null>
  close(): Promise<void>
}

/**
 * How often a worker looks for each job that somebody may wait for, and for those that come by the clock alone: while the
 * database tells it of new ones, only for what is tried again; else also for the new.
 */
const ADDED_LOOKED_FOR = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 10 }
const ROUND_LOOKED_FOR = { pollingIntervalSeconds: 10, notifyPollingIntervalSeconds: 60 }

/** Its new jobs are told of by the database as soon as they are committed. */
const EVERY_QUEUE = { retryBackoff: true, notify: true }

/**
 * Jobs in the same PostgreSQL, by pg-boss: enqueued inside the caller's transaction.
 * `supervise` is for processes that work: they keep the clock of cron and sweep what expired; of any number of them one
 * does so at a time, by a lock of pg-boss in the database.
 */
export async function openJobs(databaseUrl: string, options: { readonly supervise: boolean }): Promise<Jobs> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    supervise: options.supervise,
    schedule: options.supervise,
    useListenNotify: options.supervise,
    max: 3,
  })
  // A lost connection is reported here and mended by the pool; without a listener it would end the process.
  boss.on('error', (error) => console.error('jobs:', error instanceof Error ? error.message : error))
  await boss.start()
  let closed: Promise<void> | null = null
  return {
    async prepare(jobs) {
      const queues = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]))
      for (const job of jobs) {
        const queue = queues.get(job.name)
        const wanted = { retryLimit: job.retry.times, retryDelay: job.retry.firstAfterSeconds, ...EVERY_QUEUE }
        if (!queue) await boss.createQueue(job.name, wanted)
        else if (!isDeepStrictEqual({ ...queue, ...wanted }, queue)) await boss.updateQueue(job.name, wanted)
      }
    },
    async add(db, job, payload) {
      await boss.send(job.name, v.parse(job.payload, payload) as object, { db: fromKysely(db) })
    },
    async work(jobs, contextOf) {
      for (const job of jobs) {
        // A time that passed while no worker lived is made up for once: late is better than not at all.
        if (job.every) await boss.schedule(job.name, job.every, {}, { tz: 'Asia/Ho_Chi_Minh', missed: 'once' })
        const lookedFor = job.every ? ROUND_LOOKED_FOR : ADDED_LOOKED_FOR
        await boss.work(job.name, { ...lookedFor, batchSize: 1 }, async ([taken]) => {
          if (taken) await job.run(contextOf(job), v.parse(job.payload, taken.data))
        })
      }
    },
    async waitingSince(db) {
      const { rows } = await sql<{ since: Date | null }>`
        select min(start_after) as since from pgboss.job where state < 'active' and start_after <= now()`.execute(db)
      return rows[0]?.since ?? null
    },
    close: () => (closed ??= boss.stop({ graceful: true, timeout: 5_000 })),
  }
}
