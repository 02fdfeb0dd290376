import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '../core/kernel/index.ts'
import { outletsWhere, pauseOutlet } from '../core/outlet/index.ts'
import { pressRelease, proposeRelease, sendWith, workLedger } from '../core/release/index.ts'
import { stillClock } from '../testing/index.ts'
import { machines, openReleaseStage, type ReleaseStage } from './release.build.ts'

let stage: ReleaseStage
const clock = stillClock('2026-11-24T02:00:00Z')
/** The order in which rows arrived, by their release. */
let arrived: string[] = []

beforeAll(async () => {
  stage = await openReleaseStage(clock, machines(4))
  sendWith({
    channel: 'portal',
    withdraws: true,
    repeatable: true,
    batch: 2,
    send: async (_ctx, rows) =>
      rows.map(({ releaseId }) => {
        arrived.push(releaseId)
        return { kind: 'delivered' }
      }),
  })
})
afterAll(() => stage.database.close())

const wish = { channels: ['portal' as const], startsAt: new Date('2026-11-24T00:00:00Z'), words: 'Đăng' }

async function urgent(): Promise<Id<'release'>> {
  const messageId = await stage.approved()
  const proposed = { ...wish, messageId, lane: 'emergency' as const, laneReason: 'Lũ' }
  const releaseId = await proposeRelease(stage.leader, proposed)
  await pressRelease(stage.system, { releaseId })
  return releaseId
}

async function work(): Promise<void> {
  while ((await workLedger(stage.ctx)) > 0);
}

test('an emergency leaves before what has waited longer; what waits for a paused outlet keeps nothing behind it', async () => {
  const ordinary = await stage.released(wish)
  clock.set('2026-11-24T02:02:00Z')
  const [first] = await outletsWhere(stage.ctx.db, { channel: 'portal', day: '2026-11-24' }, null, 1)
  await pauseOutlet(stage.system, { outletId: first!.id, reason: 'Sửa máy' })
  const emergency = await urgent()
  await work()
  expect(arrived).toEqual([...Array(3).fill(emergency), ...Array(3).fill(ordinary)])
  expect(await stage.counts(emergency)).toEqual({ planned: 1, delivered: 3 })
  expect(await stage.counts(ordinary)).toEqual({ planned: 1, delivered: 3 })
})

test('owners of releases take their turns: none takes a whole channel while another waits', async () => {
  arrived = []
  const mine = [await stage.released(wish), await stage.released(wish), await stage.released(wish)]
  const theirs = await stage.released(wish)
  const body = await stage.ctx.db.selectFrom('organisation').select('id').where('code', '=', 'UBND-LC-2025').execute()
  await stage.ctx.db.updateTable('release').set({ organisationId: body[0]!.id }).where('id', '=', theirs).execute()
  clock.set('2026-11-24T02:10:00Z')
  await work()
  expect(mine.every((id) => arrived.includes(id))).toBe(true)
  // Six rows had left when the other owner had its three.
  expect(arrived.lastIndexOf(theirs)).toBeLessThan(7)
})
