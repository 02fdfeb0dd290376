import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Ctx, Id } from '../core/kernel/index.ts'
import {
  bodiesReleasedFor,
  deliveriesOf,
  eventsOfDelivery,
  pressRelease,
  proposeRelease,
  releaseById,
  resolveUnknown,
  sendWith,
  unknownOf,
  waitingFor,
  workLedger,
  type Outcome,
  type Sending,
} from '../core/release/index.ts'
import { stillClock } from '../testing/index.ts'
import { FEW_OUTLETS, openReleaseStage, type ReleaseStage } from './release.build.ts'

let stage: ReleaseStage
const clock = stillClock('2026-11-24T02:00:00Z')

/** What a machine at the other end has seen, row by row: counted there, not in our own tables. */
let seen: Map<string, number>
let answer: (row: Sending) => Outcome | 'throw'
let repeatable = true

beforeAll(async () => {
  stage = await openReleaseStage(clock, FEW_OUTLETS)
  sendWith({
    channel: 'portal',
    withdraws: true,
    get repeatable() {
      return repeatable
    },
    batch: 10,
    send: async (_ctx, rows) =>
      rows.map((row) => {
        const said = answer(row)
        if (said === 'throw') throw new Error('the line went dead')
        seen.set(row.deliveryId, (seen.get(row.deliveryId) ?? 0) + 1)
        return said
      }),
  })
})
afterAll(() => stage.database.close())
beforeEach(() => {
  clock.set('2026-11-24T02:00:00Z')
  seen = new Map()
  answer = () => ({ kind: 'delivered' })
  repeatable = true
})

const released = () =>
  stage.released({ channels: ['portal'], startsAt: new Date('2026-11-24T00:00:00Z'), words: 'Đăng' })
const counts = (releaseId: Id<'release'>) => stage.counts(releaseId)
const rows = (releaseId: Id<'release'>) =>
  deliveriesOf(stage.ctx.db, releaseId, { state: null, channel: null, by: 'outlet' }, null, 50)
async function work(): Promise<void> {
  while ((await workLedger(stage.ctx)) > 0);
}

describe('an outcome', () => {
  test('that puts a row off after the release was stopped lets it leave no more', async () => {
    answer = () => ({ kind: 'postponed', until: clock.now(), reason: 'busy' })
    const releaseId = await released()
    clock.set('2026-11-24T11:00:00Z')
    await workLedger(stage.ctx)
    const { cancelledAt } = (await releaseById(stage.ctx.db, releaseId))!
    expect([cancelledAt, await counts(releaseId)]).toEqual([null, { due: 2 }])
    await stage.ctx.db
      .updateTable('release')
      .set({ cancelledAt: clock.now(), cancelledReason: 'x' })
      .where('id', '=', releaseId)
      .execute()
    answer = () => ({ kind: 'delivered' })
    clock.set('2026-11-24T12:00:00Z')
    await work()
    expect(await counts(releaseId)).toEqual({ cancelled: 2 })
  })

  test('nobody knows of is never tried again; a person says what became of it', async () => {
    repeatable = false
    answer = () => 'throw'
    const releaseId = await released()
    clock.set('2026-11-24T11:00:00Z')
    await work()
    clock.set('2026-11-25T11:00:00Z')
    await work()
    expect(await counts(releaseId)).toEqual({ unknown: 2 })
    const [one, other] = await rows(releaseId)
    await resolveUnknown(stage.writer, { releaseId, deliveryId: one!.id, arrived: true, note: 'Đã thấy trên trang' })
    await resolveUnknown(stage.writer, { releaseId, deliveryId: other!.id, arrived: false, note: 'Không thấy' })
    answer = () => ({ kind: 'delivered' })
    await work()
    expect(await counts(releaseId)).toEqual({ delivered: 2 })
    expect(seen.get(one!.id)).toBeUndefined()
    expect((await eventsOfDelivery(stage.ctx.db, other!.id)).map(({ kind }) => kind)).toEqual([
      'unknown',
      'found_missing',
      'delivered',
    ])
  })

  test('put off comes later each time; refused is not tried again', async () => {
    answer = ({ outlet: { code } }) =>
      code === 'CONG' ? { kind: 'postponed', until: clock.now(), reason: 'busy' } : { kind: 'refused', reason: 'gone' }
    const releaseId = await released()
    clock.set('2026-11-24T11:00:00Z')
    await work()
    expect(await counts(releaseId)).toEqual({ due: 1, failed: 1 })
    expect([...seen.values()]).toEqual([1, 1])
    clock.set('2026-11-24T11:00:03Z')
    await work()
    expect((await rows(releaseId))[0]).toMatchObject({ attempts: 2, dueAt: new Date('2026-11-24T11:00:07Z') })
  })

  test('nobody knows of waits for its people by a day, with those whose provider is still asked behind it', async () => {
    repeatable = false
    answer = () => 'throw'
    const releaseId = await released()
    clock.set('2026-11-24T11:00:00Z')
    await work()
    const bodies = await bodiesReleasedFor(stage.leader)
    const [first, second, ...rest] = await unknownOf(stage.ctx.db, bodies, null, 10)
    expect([first!.releaseId, second!.releaseId, rest]).toEqual([releaseId, releaseId, []])
    expect(await unknownOf(stage.ctx.db, bodies, first!, 10)).toEqual([second])
    expect(await unknownOf(stage.ctx.db, await bodiesReleasedFor(stage.commune), null, 10)).toEqual([])
    const lines = await waitingFor(stage.leader)
    expect(lines).toEqual([
      { wording: 'release_waiting_unknown', facts: { count: 2 }, path: '/releases/unknown', due: '2026-11-25' },
    ])
    const { id: deliveryId } = second!
    await resolveUnknown(stage.leader, { releaseId, deliveryId, arrived: true, note: 'Đã thấy' })
    await expect(
      resolveUnknown(stage.leader, { releaseId, deliveryId, arrived: false, note: 'Không' }),
    ).rejects.toMatchObject({ code: 'release.not_unknown' })
    expect((await waitingFor(stage.leader))[0]?.facts).toEqual({ count: 1 })
  })
})

test('a proposal waits for those who may press it, not for who made it', async () => {
  const messageId = await stage.approved()
  const startsAt = new Date('2026-11-28T00:00:00Z')
  const releaseId = await proposeRelease(stage.writer, { messageId, channels: ['portal'], startsAt, words: 'Đăng' })
  const waits = async (ctx: Ctx) => (await waitingFor(ctx)).filter(({ wording }) => wording === 'release_waiting_press')
  expect(await waits(stage.writer)).toEqual([])
  expect(await waits(stage.commune)).toEqual([])
  expect(await waits(stage.leader)).toEqual([
    {
      wording: 'release_waiting_press',
      facts: { title: 'Cảnh giác', kind: 'original' },
      path: `/releases/${releaseId}`,
      due: '2026-11-28',
    },
  ])
  await pressRelease(stage.leader, { releaseId })
  expect(await waits(stage.leader)).toEqual([])
})
