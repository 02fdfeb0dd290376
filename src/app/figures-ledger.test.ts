import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pressSender } from '../channels/press/press-sender.ts'
import { returnActivity } from '../core/evidence/index.ts'
import { factsCounted, questionOf } from '../core/figure/index.ts'
import type { Ctx, Id } from '../core/kernel/index.ts'
import { heardRows } from '../core/programme/index.ts'
import { answerByLink, answerTokenOf, itemsBefore, openWire, secretOf, wireOf } from '../core/press/index.ts'
import { deliveriesOf, deliveryOfTask, recallRelease, sendWith, workLedger } from '../core/release/index.ts'
import { acceptTask, attachOutput, finishTask } from '../core/task/index.ts'
import { stillClock } from '../testing/index.ts'
import { openEvidenceStage, whole, type EvidenceStage } from './evidence.build.ts'
import { newsroom, openFollowStage, type FollowStage } from './press.build.ts'
import { openReleaseStage, outletRow } from './release.build.ts'
import { asked, told } from './told.build.ts'

const clock = stillClock('2026-11-24T02:00:00Z')
describe('a row that people carry out', () => {
  let stage: EvidenceStage
  let ctx: Ctx

  beforeAll(async () => {
    stage = await openEvidenceStage(clock)
    ;({ ctx } = stage)
  })
  afterAll(() => stage.database.close())

  async function manualTask(): Promise<Id<'task'>> {
    clock.set('2026-11-24T02:00:00Z')
    const startsAt = new Date('2026-11-24T00:00:00Z')
    const releaseId = await stage.released({ channels: ['loudspeaker'], startsAt, words: 'Đọc trên loa' })
    clock.set('2026-11-24T02:05:00Z')
    while ((await workLedger(ctx)) > 0);
    const rows = await deliveriesOf(ctx.db, releaseId, { state: null, channel: null, by: 'id' }, null, 10)
    return rows[0]!.taskId!
  }

  test('counts by itself until an activity of its task says more, and again when that is returned and it is done anew', async () => {
    const by = stage.commune
    const taskId = await manualTask()
    await acceptTask(by, { taskId })
    await attachOutput(by, { taskId, kind: 'link', title: 'Ảnh', value: 'https://xa.example.vn/anh' })
    await finishTask(by, { taskId })
    expect(await told(ctx)).toEqual({ plays: '1 documented' })
    const before = new Date('2026-11-24T02:06:00Z')
    // Nobody knows of single plays: the row stands for itself beside the broadcasts, in its release and at its station.
    const { releaseId, outletId } = (await deliveryOfTask(ctx.db, taskId))!
    const row = [{ broadcastId: null, planned: 0, heard: 0, plays: 1, minutes: 0 }]
    expect(await heardRows(ctx.db, { releaseId }, null, 9)).toMatchObject(row)
    const ofDay = { stationId: outletId, from: '2026-11-24', to: '2026-11-24' }
    expect(await heardRows(ctx.db, ofDay, null, 9)).toMatchObject(row)

    clock.set('2026-11-24T02:10:00Z')
    const script = { kind: 'script_read', counts: [whole('plays', 2), whole('minutes', 6)] }
    const activityId = await stage.sent({ ...script, taskId })
    expect(await told(ctx)).toEqual({ plays: '2 declared', minutes: '6 declared' })

    clock.set('2026-11-24T02:20:00Z')
    await returnActivity(stage.writer, { activityId, reason: 'Chưa rõ' })
    expect((await deliveryOfTask(ctx.db, taskId))!.state).toBe('accepted')
    expect(await told(ctx)).toEqual({})

    clock.set('2026-11-24T02:30:00Z')
    await finishTask(by, { taskId })
    expect(await told(ctx)).toEqual({ plays: '1 documented' })
    expect(await told(ctx, { asOf: before })).toEqual({ plays: '1 documented' })
    expect(await told(ctx, { asOf: new Date('2026-11-24T02:15:00Z') })).toEqual({
      plays: '2 declared',
      minutes: '6 declared',
    })
    expect(await told(ctx, { asOf: new Date('2026-11-24T02:25:00Z') })).toEqual({})
  })

  test('and taken back counts no play: only the proof that it was taken down counts', async () => {
    const was = await told(ctx)
    const taskId = await manualTask()
    await stage.sent({ kind: 'script_read', counts: [whole('plays', 1)], taskId })
    const { releaseId } = (await deliveryOfTask(ctx.db, taskId))!
    await recallRelease(stage.leader, { releaseId, reason: 'Sai số', words: 'Gỡ xuống' })
    while ((await workLedger(ctx)) > 0);
    const { rows } = await sql<{ taskId: Id<'task'> }>`
      select task_id from delivery join release on release.id = release_id where release.kind = 'recall'`.execute(
      ctx.db,
    )
    await acceptTask(stage.commune, { taskId: rows[0]!.taskId })
    await attachOutput(stage.commune, { taskId: rows[0]!.taskId, kind: 'note', title: 'Đã gỡ', value: 'Đã gỡ' })
    await finishTask(stage.commune, { taskId: rows[0]!.taskId })
    expect(await told(ctx)).toEqual({ ...was, plays: '1 documented, 1 declared' })
  })
})

test('rows of machines count as many as were delivered, those of a list in pieces; the place and body as of the row', async () => {
  const machine = { means: 'machine', place: 'LC-2025', organisation: 'UBND-LC-2025' }
  const outlets = ['B-1', 'B-2'].map((code) => outletRow({ ...machine, channel: 'board', code }))
  const list = outletRow({ ...machine, channel: 'board', kind: 'subscribers', code: 'DS-1' })
  clock.set('2026-11-24T02:00:00Z')
  const stage = await openReleaseStage(clock, [...outlets, list])
  await sql`
    with made as (
      insert into subscriber (id, contact_kind, contact_hash, contact_sealed, created_at)
      select gen_random_uuid(), 'mail', n::text, 'sealed', now() from generate_series(1, 45) as n returning id)
    insert into subscription (outlet_id, subscriber_id, state, asked_at)
    select outlet.id, made.id, 'active', now() from made join outlet on outlet.code = 'DS-1'`.execute(stage.ctx.db)
  sendWith({
    channel: 'board',
    withdraws: false,
    repeatable: true,
    batch: 10,
    send: async (_ctx, rows) =>
      rows.map(({ outlet }) => (outlet.code === 'B-2' ? { kind: 'refused', reason: 'Hỏng' } : { kind: 'delivered' })),
  })
  const startsAt = new Date('2026-11-24T00:00:00Z')
  const releaseId = await stage.released({ channels: ['board'], startsAt, words: 'Chạy' })
  clock.set('2026-11-24T02:02:00Z')
  while ((await workLedger(stage.ctx)) > 0);
  const { delivered = 0 } = await stage.counts(releaseId)
  expect(delivered).toBe(46)
  expect(await told(stage.ctx)).toEqual({ notices: '46 machine' })
  const question = questionOf({ ...asked, by: 'place' })
  const lines = await factsCounted(stage.ctx.db, question, null, 100)
  expect(lines.map(({ source, value }) => [source, value])).toEqual(
    expect.arrayContaining([
      ['delivery', 1n],
      ['list', 45n],
    ]),
  )
  await stage.database.close()
})

describe('what newsrooms answer', () => {
  let stage: FollowStage

  beforeAll(async () => {
    clock.set('2026-11-24T02:00:00Z')
    sendWith(pressSender)
    stage = await openFollowStage(clock, [newsroom({ code: 'BAO-1', organisation: 'SVHTTDL-LC-2025' })], ['press'])
  })
  afterAll(() => stage.database.close())

  test('counts by the last answer: taken, then ran on air with its minutes, then not at all', async () => {
    const ctx: Ctx = { ...stage.ctx, actor: { kind: 'nobody' } }
    const room = stage.idOf('BAO-1')
    await openWire(stage.system, { outletId: room })
    await stage.release(await stage.approved())
    const [item] = await itemsBefore(ctx.db, { outletId: room, filter: {}, limit: 1 }, null)
    const token = answerTokenOf((await secretOf(ctx, await wireOf(ctx.db, room)))!, item!.id)
    const wire = await told(ctx)
    clock.set('2026-11-24T09:00:00Z')
    await answerByLink(ctx, { token, kind: 'taken' })
    expect(await told(ctx)).toEqual({ ...wire, press_taken: '1 declared' })
    const ran = { medium: 'radio' as const, link: 'https://bao.example.vn/tin', minutes: 3 }
    await answerByLink(ctx, { token, kind: 'ran', ...ran })
    expect(await told(ctx)).toEqual({
      ...wire,
      press_taken: '1 documented',
      plays: '1 documented',
      minutes: '3 documented',
    })
    await answerByLink(ctx, { token, kind: 'not_running', note: 'Đã gỡ' })
    expect(await told(ctx)).toEqual(wire)
  })
})
