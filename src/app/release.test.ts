import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ChannelKey } from '../core/channel/index.ts'
import type { Ctx, Id } from '../core/kernel/index.ts'
import { editMessage, messageById, withdrawMessage } from '../core/message/index.ts'
import { outletsWhere, pauseOutlet, resumeOutlet } from '../core/outlet/index.ts'
import {
  arithmeticOf,
  cancelRelease,
  countsOf,
  deliveriesOf,
  outletsHolding,
  pauseRelease,
  pressRelease,
  previewRelease,
  proposeRelease,
  recallRelease,
  releaseById,
  releasesWhere,
  resumeRelease,
  sendWith,
  workLedger,
} from '../core/release/index.ts'
import { acceptTask, attachOutput, finishTask, reopenTask, taskById } from '../core/task/index.ts'
import { stillClock } from '../testing/index.ts'
import { FEW_OUTLETS, openReleaseStage, type ReleaseStage } from './release.build.ts'

let ctx: Ctx
let writer: Ctx
let leader: Ctx
let commune: Ctx
let stage: ReleaseStage
const clock = stillClock('2026-11-24T02:00:00Z')

/** What a machine at the other end has seen, row by row: counted there, not in our own tables. */
let seen: Map<string, number>

beforeAll(async () => {
  stage = await openReleaseStage(clock, FEW_OUTLETS)
  ;({ ctx, writer, leader, commune } = stage)
  sendWith({
    channel: 'portal',
    withdraws: true,
    repeatable: true,
    batch: 10,
    send: async (_ctx, rows) =>
      rows.map(({ deliveryId }) => {
        seen.set(deliveryId, (seen.get(deliveryId) ?? 0) + 1)
        return { kind: 'delivered' }
      }),
  })
})
afterAll(() => stage.database.close())
beforeEach(() => {
  clock.set('2026-11-24T02:00:00Z')
  seen = new Map()
})

const approved = () => stage.approved()
const wish = {
  channels: ['portal', 'loudspeaker'] as ChannelKey[],
  startsAt: new Date('2026-11-24T00:00:00Z'),
  words: 'Phát trên loa',
}

const released = (more: Partial<typeof wish> & { endsAt?: Date } = {}) => stage.released({ ...wish, ...more })
const counts = (releaseId: Id<'release'>) => stage.counts(releaseId)
const rows = (releaseId: Id<'release'>) =>
  deliveriesOf(ctx.db, releaseId, { state: null, channel: null, by: 'outlet' }, null, 50)

async function work(): Promise<void> {
  while ((await workLedger(ctx)) > 0);
}

describe('a release', () => {
  test('is previewed row by row before anything is written; quiet hours and what is not spoken are told', async () => {
    const releaseId = await proposeRelease(writer, { ...wish, messageId: await approved() })
    const { channels } = await previewRelease(ctx, (await releaseById(ctx.db, releaseId))!)
    expect(channels.map(({ channel, rows, manual, quiet }) => [channel, rows, manual, quiet])).toEqual([
      ['portal', 2, 0, 1],
      ['loudspeaker', 1, 1, 0],
    ])
    expect(channels.every(({ untold }) => untold > 0)).toBe(true)
    expect(await counts(releaseId)).toEqual({})
  })

  test('needs an approval, a second person, and a leader with a reason for an emergency', async () => {
    const messageId = await approved()
    const releaseId = await proposeRelease(writer, { ...wish, messageId })
    await expect(pressRelease(writer, { releaseId })).rejects.toMatchObject({ code: 'release.second_person' })
    const urgent = { ...wish, messageId, lane: 'emergency' as const, laneReason: 'Lũ' }
    await expect(proposeRelease(writer, urgent)).rejects.toMatchObject({ code: 'release.emergency_leader' })
    await expect(proposeRelease(leader, { ...urgent, laneReason: '' })).rejects.toMatchObject({
      code: 'input.required',
    })
    const { currentVersion, kind, workingTitle } = (await messageById(ctx.db, messageId))!
    await editMessage(writer, {
      messageId,
      kind,
      workingTitle,
      title: 'Khác',
      lead: '',
      body: 'Khác.',
      callToAction: 'Gọi {{111}}.',
      basedOn: currentVersion,
    })
    await expect(pressRelease(leader, { releaseId })).rejects.toMatchObject({ code: 'release.void' })
    await expect(proposeRelease(writer, { ...wish, messageId })).rejects.toMatchObject({ code: 'release.not_approved' })
  })

  test('moves nothing for a minute; undone in it, every row is cancelled and none was sent', async () => {
    const releaseId = await released()
    expect(await counts(releaseId)).toEqual({ planned: 3 })
    await work()
    expect(await counts(releaseId)).toEqual({ planned: 3 })
    expect(await cancelRelease(writer, { releaseId, reason: 'Nhầm' })).toBe(3)
    clock.set('2026-11-25T00:00:00Z')
    await work()
    expect([await counts(releaseId), seen.size]).toEqual([{ cancelled: 3 }, 0])
  })

  test('reaches machines and people, each once; quiet hours are waited for; it is finished by arithmetic', async () => {
    const releaseId = await released()
    clock.set('2026-11-24T02:02:00Z')
    await work()
    await work()
    expect(await counts(releaseId)).toEqual({ planned: 1, accepted: 1, delivered: 1 })
    clock.set('2026-11-24T11:00:00Z')
    await work()
    expect(await counts(releaseId)).toEqual({ accepted: 1, delivered: 2 })
    expect([...seen.values()]).toEqual([1, 1])
    expect(arithmeticOf(await countsOf(ctx.db, releaseId))).toEqual({ planned: 3, closed: 2, open: 1, finished: false })
    const manual = (await rows(releaseId)).find(({ means }) => means === 'manual')!
    const taskId = manual.taskId!
    expect(await taskById(ctx.db, taskId)).toMatchObject({
      organisationId: stage.bodyOf('UBND-02683'),
      detail: 'Phát trên loa – LOA-1',
    })
    await acceptTask(commune, { taskId })
    await attachOutput(commune, { taskId, kind: 'note', title: 'Đã phát', value: '16 giờ 30' })
    await finishTask(commune, { taskId })
    expect(arithmeticOf(await countsOf(ctx.db, releaseId)).finished).toBe(true)
    await reopenTask(commune, { taskId, reason: 'Nhầm' })
    expect(arithmeticOf(await countsOf(ctx.db, releaseId)).finished).toBe(false)
  })

  test('waits while it or an outlet is paused, and expires for good when its time is over', async () => {
    const releaseId = await released({ channels: ['portal'], endsAt: new Date('2026-11-24T12:00:00Z') })
    const [first] = await outletsWhere(ctx.db, { channel: 'portal', day: '2026-11-24' }, null, 1)
    await pauseRelease(writer, { releaseId })
    clock.set('2026-11-24T11:30:00Z')
    await work()
    expect(seen.size).toBe(0)
    await pauseOutlet(stage.system, { outletId: first!.id, reason: 'Sửa máy' })
    await resumeRelease(writer, { releaseId })
    await work()
    expect(await counts(releaseId)).toEqual({ planned: 1, delivered: 1 })
    clock.set('2026-11-24T12:00:01Z')
    await resumeOutlet(stage.system, { outletId: first!.id })
    await work()
    expect(await counts(releaseId)).toEqual({ expired: 1, delivered: 1 })
  })

  test('of an edited message stops at the next row: the approval is looked at again at each send', async () => {
    const releaseId = await released({ channels: ['portal'] })
    const { messageId } = (await releaseById(ctx.db, releaseId))!
    const { currentVersion, kind, workingTitle } = (await messageById(ctx.db, messageId))!
    await editMessage(writer, {
      messageId,
      kind,
      workingTitle,
      title: 'Khác',
      lead: '',
      body: 'Khác.',
      callToAction: 'Gọi {{111}}.',
      basedOn: currentVersion,
    })
    clock.set('2026-11-24T12:00:00Z')
    await work()
    expect([await counts(releaseId), seen.size]).toEqual([{ cancelled: 2 }, 0])
  })

  test('is recalled from exactly those who have it', async () => {
    const releaseId = await released()
    clock.set('2026-11-24T02:02:00Z')
    await work()
    expect(await recallRelease(leader, { releaseId, reason: 'Sai số', words: 'Gỡ xuống' })).toBe(2)
    expect(await counts(releaseId)).toEqual({ cancelled: 1, accepted: 1, delivered: 1 })
    const [recall] = await releasesWhere(ctx.db, (await releaseById(ctx.db, releaseId))!.messageId, null, 1)
    await work()
    expect(recall?.kind).toBe('recall')
    expect((await rows(recall!.id)).map(({ code, state }) => [code, state])).toEqual([
      ['CONG', 'delivered'],
      ['LOA-1', 'accepted'],
    ])
  })
})

describe('a message taken out of use', () => {
  test('is recalled wherever the ledger has brought it, with words for the people there', async () => {
    const releaseId = await released()
    clock.set('2026-11-24T02:02:00Z')
    await work()
    const { messageId } = (await releaseById(ctx.db, releaseId))!
    expect(await outletsHolding(ctx.db, messageId)).toBe(2)
    await expect(withdrawMessage(writer, { messageId, reason: 'Sai' })).rejects.toMatchObject({
      code: 'input.required',
    })
    expect(await withdrawMessage(writer, { messageId, reason: 'Sai', recall: 'Gỡ xuống' })).toBe(2)
    const [recall] = await releasesWhere(ctx.db, messageId, null, 1)
    await work()
    expect(await counts(recall!.id)).toEqual({ accepted: 1, delivered: 1 })
    expect(await outletsHolding(ctx.db, messageId)).toBe(0)
    await expect(recallRelease(leader, { releaseId, reason: 'x', words: 'x' })).rejects.toMatchObject({
      code: 'release.is_recalled',
    })
  })
})
