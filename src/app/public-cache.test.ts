import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Ctx, Id } from '../core/kernel/index.ts'
import { openNewsroom, type Newsroom } from '../core/portal/newsroom.build.ts'
import { articleById, portalVersion } from '../core/portal/index.ts'
import { openDatabase, type Database } from '../platform/database/index.ts'
import { openTestDatabase, testCtx, type TestDatabase } from '../testing/index.ts'
import { cachePublic } from '../web/public-cache/index.ts'
import { watchPortal, type PortalWatch } from './portal-watch.ts'

/** As one process serves the portal: a pool, a watch and a cache of its own; pages that say what the database says. */
interface Process {
  readonly watch: PortalWatch
  readonly made: () => number
  read(id: Id<'article'>): Promise<{ status: number; title: string }>
  close(): Promise<void>
}

let database: TestDatabase
let ctx: Ctx
let newsroom: Newsroom
let processes: Process[]

beforeAll(async () => {
  database = await openTestDatabase()
  ctx = testCtx(database.db)
  newsroom = await openNewsroom(ctx)
  processes = [await openProcess(database.url), await openProcess(database.url)]
})
afterAll(async () => {
  for (const one of processes) await one.close()
  await database.close()
})

async function openProcess(databaseUrl: string): Promise<Process> {
  const pool: Database = openDatabase(databaseUrl, 4)
  const clock = { now: () => new Date() }
  const watch = await watchPortal({ databaseUrl, clock, everyMs: 200 })
  let made = 0
  const render = async (url: string) => {
    made += 1
    const article = await articleById(pool.db, new URL(url).pathname.slice('/cong/'.length) as Id<'article'>)
    const status = article?.withdrawnAt === null ? 200 : 410
    return new Response(article?.title ?? '', { status, headers: { 'cache-control': 'public, no-cache' } })
  }
  const next = () => expect.fail('this is a public page')
  const listener = cachePublic({ render, current: () => watch.current(), next, origin: 'http://cong.example' })
  const server: Server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // it listens on a port
  return {
    watch,
    made: () => made,
    async read(id) {
      const answer = await fetch(`http://127.0.0.1:${port}/cong/${id}`)
      return { status: answer.status, title: await answer.text() }
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await watch.close()
      await pool.close()
    },
  }
}

/** Until every process has been told what is true now. */
async function told(): Promise<void> {
  const { version } = await portalVersion(ctx.db)
  await expect
    .poll(() => processes.every(({ watch }) => watch.current()?.id.startsWith(`${version}/`)), { timeout: 10_000 })
    .toBe(true)
}

test('an article is made once, given from memory, and made anew when it is corrected and when it is taken down', async () => {
  const first = await newsroom.up({ title: 'Gọi 113' })
  const id = first.ids.get('vi')!
  await told()
  const [one] = processes as [Process]
  const before = one.made()
  for (let times = 0; times < 5; times += 1) expect(await one.read(id)).toEqual({ status: 200, title: 'Gọi 113' })
  expect(one.made() - before).toBe(1)
  await newsroom.up({ messageId: first.messageId, title: 'Gọi 111' })
  await told()
  for (const each of processes) expect(await each.read(id)).toEqual({ status: 200, title: 'Gọi 111' })
  await newsroom.recall({ ...first, releaseId: (await articleById(ctx.db, id))!.releaseId })
  await told()
  for (const each of processes) expect((await each.read(id)).status).toBe(410)
})

test('under a crowd of readers nobody is given what was true before the process was told otherwise', async () => {
  const { messageId, ids } = await newsroom.up({ title: '0' })
  const id = ids.get('vi')!
  await told()
  let goesOn = true
  // The newest title that each process is known to have been told of.
  const toldTo = new Map<Process, number>()
  const late: string[] = []
  let reads = 0
  const readers = processes.flatMap((each) => {
    const reader = async () => {
      while (goesOn) {
        const known = toldTo.get(each) ?? 0
        const { title } = await each.read(id)
        reads += 1
        if (Number(title) < known) late.push(`${title} after ${known}`)
      }
    }
    return Array.from({ length: 8 }, reader)
  })
  for (let number = 1; number <= 25; number += 1) {
    await newsroom.up({ messageId, title: String(number) })
    const { version } = await portalVersion(ctx.db)
    await expect
      .poll(
        () => {
          for (const each of processes) {
            if (Number(each.watch.current()?.id.split('/')[0]) >= version) toldTo.set(each, number)
          }
          return processes.every((each) => toldTo.get(each) === number)
        },
        { interval: 1, timeout: 10_000 },
      )
      .toBe(true)
  }
  goesOn = false
  await Promise.all(readers)
  expect(late).toEqual([])
  expect(reads).toBeGreaterThan(100)
})
