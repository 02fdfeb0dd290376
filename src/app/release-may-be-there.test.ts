import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Id } from '../core/kernel/index.ts'
import {
  cancelRelease,
  deliveriesOf,
  eventsOfDelivery,
  recallRelease,
  releasesWhere,
  releaseById,
  sendWith,
  workLedger,
  type Outcome,
  type Sending,
} from '../core/release/index.ts'
import { stillClock } from '../testing/index.ts'
import { machines, openReleaseStage, type ReleaseStage } from './release.build.ts'

/** A channel in which doing it twice is doing it once, whose line may go dead when the row has arrived. */
const clock = stillClock('2026-11-24T02:00:00Z')
let stage: ReleaseStage
let answer: (row: Sending) => Outcome

beforeAll(async () => {
  stage = await openReleaseStage(clock, machines(2))
  sendWith({
    channel: 'portal',
    repeatable: true,
    withdraws: true,
    batch: 1,
    send: async (_ctx, rows) => rows.map((row) => answer(row)),
  })
})
afterAll(() => stage.database.close())
beforeEach(begin)

/** What another test has left in the ledger would take the place in the batch. */
async function begin(): Promise<void> {
  clock.set('2026-11-24T02:00:00Z')
  await sql`truncate delivery, delivery_event, release_count cascade`.execute(stage.ctx.db)
}

const dead = (): Outcome => {
  throw new Error('the line went dead after it had arrived')
}
const states = async (releaseId: Id<'release'>) =>
  (await deliveriesOf(stage.ctx.db, releaseId, { state: null, channel: null, by: 'outlet' }, null, 9)).map(
    ({ state }) => state,
  )

/** A release of two rows, of which one is due again after a try that may have arrived, and one was never tried. */
async function halfTried(more: { endsAt?: Date } = {}): Promise<Id<'release'>> {
  const start = new Date('2026-11-24T00:00:00Z')
  const releaseId = await stage.released({ channels: ['portal'], startsAt: start, words: 'Đăng', ...more })
  clock.set('2026-11-24T02:02:00Z')
  answer = dead
  await workLedger(stage.ctx)
  expect((await states(releaseId)).sort()).toEqual(['due', 'planned'])
  return releaseId
}

test('what may be there when a release is cancelled is not simply cancelled: nobody knows, and a recall reaches it', async () => {
  const releaseId = await halfTried()
  await cancelRelease(stage.writer, { releaseId, reason: 'Thôi' })
  expect((await states(releaseId)).sort()).toEqual(['cancelled', 'unknown'])
  const [unknown] = await deliveriesOf(
    stage.ctx.db,
    releaseId,
    { state: 'unknown', channel: null, by: 'outlet' },
    null,
    9,
  )
  expect((await eventsOfDelivery(stage.ctx.db, unknown!.id)).map(({ kind }) => kind)).toEqual(['returned', 'unknown'])
  expect(await recallRelease(stage.leader, { releaseId, reason: 'Sai', words: 'Gỡ' })).toBe(1)
})

test('a recall reaches what may be there, and what was never tried it only stops', async () => {
  const releaseId = await halfTried()
  expect(await recallRelease(stage.leader, { releaseId, reason: 'Sai', words: 'Gỡ' })).toBe(1)
  const [recall] = await releasesWhere(stage.ctx.db, (await releaseById(stage.ctx.db, releaseId))!.messageId, null, 1)
  expect(await states(recall!.id)).toEqual(['planned'])
})

test('what may be there does not expire, and is not failed when a later try is refused', async () => {
  const expired = await halfTried({ endsAt: new Date('2026-11-24T02:02:30Z') })
  clock.set('2026-11-24T02:02:31Z')
  await workLedger(stage.ctx)
  expect((await states(expired)).sort()).toEqual(['expired', 'unknown'])
  await begin()
  const refused = await halfTried()
  answer = () => ({ kind: 'refused', reason: 'gone' })
  clock.set('2026-11-24T02:10:00Z')
  await workLedger(stage.ctx)
  await workLedger(stage.ctx)
  expect((await states(refused)).sort()).toEqual(['failed', 'unknown'])
})
