import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Ctx } from '../core/kernel/index.ts'
import { openNewsroom, type Newsroom } from '../core/portal/newsroom.build.ts'
import { portalVersion } from '../core/portal/index.ts'
import { openTestDatabase, stillClock, testCtx, type TestDatabase } from '../testing/index.ts'
import { watchPortal, type PortalWatch } from './portal-watch.ts'

const clock = stillClock('2026-11-24T02:00:00Z')
/** So seldom that what is learnt was told. */
const HARDLY_EVER_MS = 3_600_000
/** On a busy machine a line takes long to open. */
const PATIENTLY = { timeout: 10_000 }
let database: TestDatabase
let ctx: Ctx
let newsroom: Newsroom
let open: { close(): Promise<unknown> }[] = []

beforeAll(async () => {
  database = await openTestDatabase()
  ctx = testCtx(database.db, { clock })
  newsroom = await openNewsroom(ctx)
})
afterAll(() => database.close())
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

async function watch(everyMs: number, databaseUrl = database.url): Promise<PortalWatch> {
  const watching = await watchPortal({ databaseUrl, clock, everyMs })
  open = [watching, ...open]
  return watching
}

const truth = async () => `${(await portalVersion(ctx.db)).version}/2026-11-24`
const known = (watching: PortalWatch) => watching.current()?.id ?? null

test('a change is told to every process when it is committed, and not before', async () => {
  const [one, other] = [await watch(HARDLY_EVER_MS), await watch(HARDLY_EVER_MS)]
  const before = known(one)
  const { promise: held, resolve: commit } = Promise.withResolvers<void>()
  const changing = ctx.db.transaction().execute(async (db) => {
    await db.updateTable('campaign').set({ name: 'Khác' }).where('id', '=', newsroom.campaignId).execute()
    await held
  })
  const rolledBack = ctx.db.transaction().execute(async (db) => {
    await sql`select pg_notify('portal_renewed', 'nonsense')`.execute(db)
    throw new Error('no')
  })
  await expect(rolledBack).rejects.toThrow('no')
  expect([known(one), known(other)]).toEqual([before, before])
  commit()
  await changing
  const after = await truth()
  expect(after).not.toBe(before)
  await expect.poll(() => [known(one), known(other)], PATIENTLY).toEqual([after, after])
})

test('a change whose notice was lost is learnt by reading, over a line that is opened again', async () => {
  const watching = await watch(50)
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%' or query like '%portal_version%' and pid <> pg_backend_pid()`.execute(
    ctx.db,
  )
  await newsroom.up()
  const now = await truth()
  await expect.poll(() => known(watching), PATIENTLY).toBe(now)
  await newsroom.up()
  const later = await truth()
  await expect.poll(() => known(watching), PATIENTLY).toBe(later)
})

test('while the database cannot be reached nothing is known; when it is back, all is', async () => {
  const road = await openRoad()
  const watching = await watch(50, road.url)
  const before = await truth()
  await expect.poll(() => known(watching), PATIENTLY).toBe(before)
  road.cut()
  await newsroom.up()
  await expect.poll(() => watching.current(), PATIENTLY).toBeNull()
  road.mend()
  const now = await truth()
  await expect.poll(() => known(watching), PATIENTLY).toBe(now)
})

test('a line that is open and silent is given up, too', async () => {
  const road = await openRoad()
  const watching = await watch(50, road.url)
  road.silence()
  await newsroom.up()
  await expect.poll(() => watching.current(), PATIENTLY).toBeNull()
  road.mend()
  const now = await truth()
  await expect.poll(() => known(watching), PATIENTLY).toBe(now)
})

test('another day is another state: what is valid by the day is made anew', async () => {
  const watching = await watch(50)
  clock.set('2030-01-01T16:59:59Z')
  const { version } = await portalVersion(ctx.db)
  await expect.poll(() => known(watching), PATIENTLY).toBe(`${version}/2030-01-01`)
  clock.set('2030-01-01T17:00:00Z')
  await expect.poll(() => known(watching), PATIENTLY).toBe(`${version}/2030-01-02`)
  await expect.poll(() => watching.current()?.since, PATIENTLY).toEqual(new Date('2030-01-01T17:00:00Z'))
  clock.set('2026-11-24T02:00:00Z')
})

/** A road to the database that can be cut, fall silent, and be mended. */
async function openRoad() {
  const target = new URL(database.url)
  const sockets = new Set<Socket>()
  let state: 'whole' | 'cut' | 'silent' = 'whole'
  const server: Server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => {}).on('close', () => [near, far].forEach((one) => one.destroy()))
    }
    if (state === 'cut') near.destroy()
    near.on('data', (bytes) => state === 'whole' && far.write(bytes))
    far.on('data', (bytes) => state === 'whole' && near.write(bytes))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(database.url)
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port) // it listens on a port
  const drop = () => sockets.forEach((socket) => socket.destroy())
  open.push({
    async close() {
      drop()
      server.close()
    },
  })
  return {
    url: url.href,
    cut() {
      state = 'cut'
      drop()
    },
    silence: () => (state = 'silent'),
    mend: () => (state = 'whole'),
  }
}
