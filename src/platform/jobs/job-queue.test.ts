import * as v from 'valibot'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { job, type Ctx, type Job } from '../../core/kernel/index.ts'
import { openTestDatabase, testCtx, type TestDatabase } from '../../testing/index.ts'
import { openJobs, type Jobs } from './job-queue.ts'

let database: TestDatabase
let ctx: Ctx
const open: Jobs[] = []

beforeAll(async () => {
  database = await openTestDatabase()
  ctx = testCtx(database.db)
})
afterAll(async () => {
  for (const one of open) await one.close()
  await database.close()
})

async function opened(supervise: boolean, jobs: readonly Job[]): Promise<Jobs> {
  const made = await openJobs(database.url, { supervise })
  open.push(made)
  await made.prepare(jobs)
  return made
}

function counted(name: string, times: number) {
  const { promise, resolve } = Promise.withResolvers<readonly number[]>()
  const seen: number[] = []
  const definition = job(name, {
    payload: v.object({ number: v.number() }),
    retry: { times: 3, firstAfterSeconds: 7 },
    async run(_ctx, { number }) {
      if (seen.push(number) === times) resolve(seen)
    },
  })
  return { definition, all: promise }
}

test('what one process adds another does, when and only when it was committed', async () => {
  const { definition, all } = counted('test.told', 2)
  const list = [definition] as unknown as readonly Job[]
  const worker = await opened(true, list)
  const adder = await opened(false, list)
  await worker.work(list, () => ctx)
  await adder.add(database.db, definition, { number: 1 })
  const undone = database.db.transaction().execute(async (db) => {
    await adder.add(db, definition, { number: 2 })
    throw new Error('thought better of it')
  })
  await expect(undone).rejects.toThrow('thought better of it')
  await adder.add(database.db, definition, { number: 3 })
  expect([...(await all)].sort()).toEqual([1, 3])
})

test('a queue that an older version made is told of and tried again as this one wants', async () => {
  const { definition } = counted('test.older', 1)
  const older = await opened(false, [definition] as unknown as readonly Job[])
  await sql`update pgboss.queue set notify = false, retry_limit = 1 where name = ${definition.name}`.execute(
    database.db,
  )
  await older.close()
  await opened(false, [definition] as unknown as readonly Job[])
  const { rows } = await sql`
    select notify, retry_limit, retry_delay, retry_backoff from pgboss.queue where name = ${definition.name}`.execute(
    database.db,
  )
  expect(rows).toEqual([{ notify: true, retryLimit: 3, retryDelay: 7, retryBackoff: true }])
})
