import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Id } from '../core/kernel/index.ts'
import {
  correctRelease,
  deliveriesOf,
  followersOf,
  pressRelease,
  releaseById,
  sendWith,
  workLedger,
} from '../core/release/index.ts'
import { acceptTask, attachOutput, finishTask, taskById, tasksByOriginKey } from '../core/task/index.ts'
import { stillClock } from '../testing/index.ts'
import { approvedNotice, openReleaseStage, outletRow, type ReleaseStage } from './release.build.ts'

const CHANNELS = ['portal', 'loudspeaker', 'notice_board'] as const
const COMMUNE = { means: 'manual', place: '02683', organisation: 'UBND-02683' }
const OUTLETS = [
  outletRow({ channel: 'portal', means: 'machine', place: 'LC-2025', organisation: 'UBND-LC-2025', code: 'CONG' }),
  outletRow({ ...COMMUNE, channel: 'loudspeaker', code: 'LOA' }),
  outletRow({ ...COMMUNE, channel: 'notice_board', code: 'BANG' }),
]

let stage: ReleaseStage
const clock = stillClock('2026-11-24T02:00:00Z')

beforeAll(async () => {
  stage = await openReleaseStage(clock, OUTLETS)
  sendWith({
    channel: 'portal',
    withdraws: true,
    repeatable: true,
    batch: 10,
    send: async (_ctx, rows) => rows.map(() => ({ kind: 'delivered' })),
  })
})
afterAll(() => stage.database.close())

const approved = () => approvedNotice(stage.writer, stage.leader, stage.bodyOf('SVHTTDL-LC-2025'), [...CHANNELS])
const rowsOf = (releaseId: Id<'release'>) =>
  deliveriesOf(stage.ctx.db, releaseId, { state: null, channel: null, by: 'outlet' }, null, 50)
async function work(): Promise<void> {
  while ((await workLedger(stage.ctx)) > 0);
}

async function released(wordsAtEnd: string | null): Promise<Id<'release'>> {
  const startsAt = clock.now()
  const endsAt = new Date(startsAt.getTime() + 86_400_000)
  const wish = { channels: [...CHANNELS], startsAt, endsAt, words: 'Phát', wordsAtEnd }
  const releaseId = await stage.released(wish, await approved())
  clock.set(new Date(startsAt.getTime() + 120_000).toISOString())
  await work()
  return releaseId
}

test('what is over comes down by machines and by people where it stays up, and nowhere else', async () => {
  const releaseId = await released('Gỡ xuống: đã hết hiệu lực')
  clock.set('2026-11-25T02:00:01Z')
  await work()
  await work()
  const recalls = await followersOf(stage.ctx.db, releaseId)
  expect(recalls.map(({ kind, state }) => [kind, state])).toEqual([['recall', 'released']])
  const rows = await rowsOf(recalls[0]!.id)
  // What was played has been heard: there is nothing to take down.
  expect(rows.map(({ code, state }) => [code, state])).toEqual([
    ['BANG', 'accepted'],
    ['CONG', 'delivered'],
  ])
  const [task] = await tasksByOriginKey(stage.ctx.db, [`delivery:${rows[0]!.id}`])
  expect(task?.detail).toBe('Gỡ xuống: đã hết hiệu lực – BANG')
  expect((await releaseById(stage.ctx.db, releaseId))?.endedAt).toEqual(clock.now())
})

test('what was asked of people and not done is taken back when something else takes its place', async () => {
  const old = await released(null)
  const before = (await rowsOf(old)).filter(({ means }) => means === 'manual')
  const [done, open] = [before[0]!, before[1]!]
  await acceptTask(stage.commune, { taskId: done.taskId! })
  await attachOutput(stage.commune, { taskId: done.taskId!, kind: 'note', title: 'Đã treo', value: '' })
  await finishTask(stage.commune, { taskId: done.taskId! })
  const correction = { releaseId: old, messageId: await approved(), words: 'Thay bản cũ' }
  const releaseId = await correctRelease(stage.writer, { ...correction, endsAt: null })
  await pressRelease(stage.leader, { releaseId })
  clock.set(new Date(clock.now().getTime() + 120_000).toISOString())
  await work()
  expect((await taskById(stage.ctx.db, done.taskId!))?.state).toBe('done')
  expect((await taskById(stage.ctx.db, open.taskId!))?.state).toBe('withdrawn')
  expect(await stage.counts(old)).toEqual({ delivered: 2, cancelled: 1 })
  expect(await stage.counts(releaseId)).toEqual({ delivered: 1, accepted: 2 })
  expect((await rowsOf(releaseId)).every(({ corrects }) => corrects)).toBe(true)
})

test('what nobody asked to take down stays', async () => {
  const releaseId = await released(null)
  clock.set('2026-11-27T02:00:00Z')
  await work()
  expect(await followersOf(stage.ctx.db, releaseId)).toEqual([])
})

test('what was corrected comes down once, with its correction', async () => {
  const old = await released('Gỡ xuống')
  const correction = { releaseId: old, messageId: await approved(), words: 'Thay bản cũ' }
  const releaseId = await correctRelease(stage.writer, correction)
  await pressRelease(stage.leader, { releaseId })
  clock.set(new Date(clock.now().getTime() + 120_000).toISOString())
  await work()
  clock.set('2026-11-30T02:00:00Z')
  await work()
  expect((await followersOf(stage.ctx.db, old)).map(({ kind }) => kind)).toEqual(['replacement'])
  const recalls = await followersOf(stage.ctx.db, releaseId)
  expect(recalls.map(({ kind }) => kind)).toEqual(['recall'])
  expect((await rowsOf(recalls[0]!.id)).map(({ code }) => code)).toEqual(['BANG', 'CONG'])
})
