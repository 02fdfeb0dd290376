import { sql } from 'kysely'
import type { Db, Id } from '../kernel/index.ts'
import { ALIVE_SECONDS, type Work, type Worker } from './worker.ts'

/** Days after which a worker that is no more is forgotten. */
const KEPT_DAYS = 30

/** A worker begins; those that ended long ago are forgotten. */
export async function insertWorker(db: Db, worker: Pick<Worker, 'id' | 'host' | 'pid' | 'works'>): Promise<void> {
  await db
    .deleteFrom('worker')
    .where('seenAt', '<', sql<Date>`clock_timestamp() - make_interval(days => ${KEPT_DAYS})`)
    .execute()
  await db
    .insertInto('worker')
    .values({ ...worker, works: [...worker.works] })
    .execute()
}

/** One heartbeat. It may be later than one that began after it, as over a slow network: the newer stands. */
export async function beat(db: Db, id: Id<'worker'>): Promise<void> {
  await db
    .updateTable('worker')
    .set({ seenAt: sql<Date>`greatest(seen_at, clock_timestamp())` })
    .where('id', '=', id)
    .execute()
}

/** It ended as it should. */
export async function endWorker(db: Db, id: Id<'worker'>): Promise<void> {
  await db
    .updateTable('worker')
    .set({ stoppedAt: sql<Date>`clock_timestamp()` })
    .where('id', '=', id)
    .execute()
}

/** Those heard of lately, who has worked longest first. */
export async function livingWorkers(db: Db): Promise<Worker[]> {
  const rows = await db
    .selectFrom('worker')
    .select(['id', 'host', 'pid', 'works', 'startedAt', 'seenAt'])
    .where('stoppedAt', 'is', null)
    .where('seenAt', '>', sql<Date>`clock_timestamp() - make_interval(secs => ${ALIVE_SECONDS})`)
    .orderBy('startedAt')
    .orderBy('id')
    .execute()
  return rows as unknown as Worker[] // works by the check of the table
}

/** When one that works this was last heard of, living or not; null when there never was one. */
export async function lastHeardOf(db: Db, work: Work): Promise<Date | null> {
  const row = await db
    .selectFrom('worker')
    .select((eb) => eb.fn.max('seenAt').as('at'))
    .where(sql<boolean>`${work} = any (works)`)
    .executeTakeFirst()
  return row?.at ?? null
}
