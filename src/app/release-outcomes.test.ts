import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Id } from '../core/kernel/index.ts'
import {
  deliveriesOf,
  eventsOfDelivery,
  releaseById,
  resolveUnknown,
  sendWith,
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
})
