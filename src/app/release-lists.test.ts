import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { asSystem, type Db, type Id } from '../core/kernel/index.ts'
import {
  cancelRelease,
  correctRelease,
  deliveriesOf,
  followersOf,
  openExpansions,
  pressRelease,
  releaseById,
  sendWith,
  workLedger,
} from '../core/release/index.ts'
import { openReleases } from '../core/release/claim.store.ts'
import { expandLists } from '../core/release/expand-lists.ts'
import { lockRelease } from '../core/release/release.store.ts'
import { stillClock } from '../testing/index.ts'
import { machines, openReleaseStage, outletRow, type ReleaseStage } from './release.build.ts'

const SUBSCRIBERS = 90
const A_PIECE = 7

let stage: ReleaseStage
let messages: Id<'message'>[]
let sent: string[]
const clock = stillClock('2026-11-24T02:00:00Z')

const LIST = {
  channel: 'portal',
  means: 'machine',
  place: 'LC-2025',
  organisation: 'UBND-LC-2025',
  kind: 'subscribers',
}

beforeAll(async () => {
  const lists = [outletRow({ ...LIST, code: 'DS-1' }), outletRow({ ...LIST, code: 'DS-2' })]
  stage = await openReleaseStage(clock, [...machines(1), ...lists])
  messages = [await stage.approved(), await stage.approved()]
  await subscribe(stage.ctx.db)
  sendWith({
    channel: 'portal',
    withdraws: true,
    repeatable: true,
    batch: 50,
    send: async (_ctx, rows) =>
      rows.map(({ recipientId, outlet }) => {
        sent.push(recipientId ?? outlet.code)
        return { kind: 'delivered' }
      }),
  })
})
afterAll(() => stage.database.close())
beforeEach(() => {
  clock.set('2026-11-24T02:00:00Z')
  sent = []
})

/** Subscribers of two lists, a third of them in both; one in ten has left again. */
async function subscribe(db: Db): Promise<void> {
  await sql`
    insert into subscriber (id, contact_kind, contact_hash, contact_sealed, created_at)
    select gen_random_uuid(), 'mail', n::text, 'sealed', now() from generate_series(1, ${SUBSCRIBERS}) as n`.execute(db)
  await sql`
    insert into subscription (outlet_id, subscriber_id, state, asked_at)
    select outlet.id, subscriber.id, case when contact_hash::int % 10 = 0 then 'ended' else 'active' end, now()
    from subscriber join outlet on outlet.code = case when contact_hash::int % 3 = 1 then 'DS-2' else 'DS-1' end
      or (outlet.code = 'DS-2' and contact_hash::int % 3 = 2)`.execute(db)
}

const wish = { channels: ['portal' as const], startsAt: new Date('2026-11-24T00:00:00Z'), words: 'Gửi' }
const ACTIVE = SUBSCRIBERS - SUBSCRIBERS / 10
const rowsOf = (releaseId: Id<'release'>) =>
  deliveriesOf(stage.ctx.db, releaseId, { state: null, channel: null, by: 'id' }, null, 500)

test('a list is written out piece by piece through deaths of its workers: each subscriber once, nothing sent before', async () => {
  const releaseId = await stage.released({ ...wish, waveCount: 3, waveMinutes: 30 }, messages[0])
  expect(await stage.counts(releaseId)).toEqual({ planned: 1 })
  clock.set('2026-11-24T02:02:00Z')
  let deaths = 0
  for (let life = 1; (await openExpansions(stage.ctx.db, releaseId)) > 0; life += 1) {
    const done = await writeUntilDeath(life % 9)
    if (!done) deaths += 1
    expect((await rowsOf(releaseId)).every(({ state }) => state === 'planned')).toBe(true)
    if ((await openExpansions(stage.ctx.db, releaseId)) > 0) expect(await openNow()).toBe(0)
  }
  expect(deaths).toBeGreaterThan(10)
  const rows = await rowsOf(releaseId)
  const recipients = rows.flatMap(({ recipientId }) => recipientId ?? [])
  expect([rows.length, recipients.length, new Set(recipients).size]).toEqual([ACTIVE + 1, ACTIVE, ACTIVE])
  clock.set('2026-11-24T03:30:00Z')
  while ((await workLedger(stage.ctx)) > 0);
  expect([sent.length, new Set(sent).size]).toEqual([ACTIVE + 1, ACTIVE + 1])
  const waves = new Set(rows.map(({ dueAt }) => dueAt.getTime()))
  expect(waves.size).toBe(3)
})

test('a release that is stopped while its lists are written is written no further', async () => {
  const releaseId = await stage.released(wish, messages[0])
  await expandLists(asSystem(stage.ctx, 'test'), A_PIECE)
  await cancelRelease(stage.writer, { releaseId, reason: 'Nhầm' })
  expect(await expandLists(asSystem(stage.ctx, 'test'), A_PIECE)).toBe(0)
  expect(await stage.counts(releaseId)).toEqual({ cancelled: 1 + A_PIECE })
})

test('a list waits for whoever is about to stop its release, and nobody waits for ever', async () => {
  const releaseId = await stage.released(wish, messages[0])
  const writing = () => expandLists(asSystem(stage.ctx, 'test'), A_PIECE)
  await stage.ctx.db.transaction().execute(async (stopping) => {
    await lockRelease(stopping, releaseId)
    expect(await writing()).toBe(0)
  })
  expect(await writing()).toBe(A_PIECE)
  await cancelRelease(stage.writer, { releaseId, reason: 'Nhầm' })
})

test('what takes the place of a release while its lists are written goes to the rest of them, too', async () => {
  const old = await stage.released(wish, messages[0])
  await expandLists(asSystem(stage.ctx, 'test'), A_PIECE)
  const releaseId = await correctRelease(stage.writer, { releaseId: old, messageId: messages[1]!, words: 'Thay' })
  await pressRelease(stage.leader, { releaseId })
  expect(await stage.counts(old)).toEqual({ cancelled: 1 + A_PIECE })
  clock.set('2026-11-24T02:05:00Z')
  while ((await workLedger(stage.ctx)) > 0);
  expect(await stage.counts(releaseId)).toEqual({ delivered: ACTIVE + 1 })
  expect((await rowsOf(releaseId)).every(({ corrects }) => !corrects)).toBe(true)
  expect([sent.length, new Set(sent).size]).toEqual([ACTIVE + 1, ACTIVE + 1])
})

test('what takes the place of a release and is undone within its minute gives it back, lists and all', async () => {
  const old = await stage.released(wish, messages[0])
  await expandLists(asSystem(stage.ctx, 'test'), A_PIECE)
  const releaseId = await correctRelease(stage.writer, { releaseId: old, messageId: messages[1]!, words: 'Thay' })
  await pressRelease(stage.leader, { releaseId })
  clock.set('2026-11-24T02:00:30Z')
  expect(await cancelRelease(stage.writer, { releaseId, reason: 'Nhầm' })).toBe(1 + A_PIECE)
  const stands = await releaseById(stage.ctx.db, old)
  expect([stands?.cancelledAt, await followersOf(stage.ctx.db, old)]).toEqual([null, []])
  clock.set('2026-11-24T02:05:00Z')
  while ((await workLedger(stage.ctx)) > 0);
  expect(await stage.counts(old)).toEqual({ delivered: ACTIVE + 1 })
  expect(await stage.counts(releaseId)).toEqual({ cancelled: 1 + A_PIECE })
  expect([sent.length, new Set(sent).size]).toEqual([ACTIVE + 1, ACTIVE + 1])
})

class Death extends Error {}

/** Writes lists until so many statements were sent; answers whether nothing was left to write before that. */
async function writeUntilDeath(statements: number): Promise<boolean> {
  let left = statements
  const mortal = stage.ctx.db.withPlugin({
    transformQuery({ node }) {
      if (left === 0) throw new Death('the worker is gone')
      left -= 1
      return node
    },
    transformResult: async ({ result }) => result,
  })
  try {
    return (await expandLists({ ...stage.ctx, db: mortal }, A_PIECE)) === 0
  } catch (thrown) {
    if (thrown instanceof Death) return false
    throw thrown
  }
}

/** How many releases workers may send from now. */
async function openNow(): Promise<number> {
  const wanted = { means: 'machine' as const, channels: ['portal' as const], upToLane: 2, now: clock.now() }
  return (await openReleases(stage.ctx.db, wanted)).length
}
