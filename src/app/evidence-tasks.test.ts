import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  activityById,
  amendActivity,
  factsOf,
  proofOfTask,
  returnActivity,
  waitingFor,
  withdrawActivity,
} from '../core/evidence/index.ts'
import type { Ctx, Id } from '../core/kernel/index.ts'
import { deliveriesOf, deliveryOfTask, recallRelease, workLedger } from '../core/release/index.ts'
import { outputsOf, setTasks, taskById, tasksOfOrigin } from '../core/task/index.ts'
import { stillClock } from '../testing/index.ts'
import { openEvidenceStage, whole, type EvidenceStage } from './evidence.build.ts'

let stage: EvidenceStage
let ctx: Ctx
let officer: Ctx
const clock = stillClock('2026-11-24T02:00:00Z')

beforeAll(async () => {
  stage = await openEvidenceStage(clock)
  ;({ ctx, commune: officer } = stage)
})
afterAll(() => stage.database.close())
beforeEach(() => clock.set('2026-11-24T02:00:00Z'))

const standing = async (id: Id<'activity'>) => (await activityById(ctx.db, id))!

describe('a task', () => {
  async function manualTask(): Promise<Id<'task'>> {
    const releaseId = await stage.released({
      channels: ['loudspeaker'],
      startsAt: new Date('2026-11-24T00:00:00Z'),
      words: 'Đọc trên loa',
    })
    clock.set('2026-11-24T02:05:00Z')
    while ((await workLedger(ctx)) > 0);
    const rows = await deliveriesOf(ctx.db, releaseId, { state: null, channel: null, by: 'id' }, null, 10)
    return rows[0]!.taskId!
  }
  const script = { kind: 'script_read', counts: [whole('plays', 2), whole('minutes', 6)] }
  const rowOf = async (taskId: Id<'task'>) => (await deliveryOfTask(ctx.db, taskId))!.state

  test('of the ledger says where and what, and its row closes with the proof; returned it opens, sent again it closes', async () => {
    const taskId = await manualTask()
    const task = (await taskById(ctx.db, taskId))!
    expect(await proofOfTask(ctx, task)).toMatchObject({ spot: 'LOA-1', closes: true, kind: null })
    const activityId = await stage.sent({ ...script, taskId })
    expect(await standing(activityId)).toMatchObject({ owedTo: task.assignedBy, messageId: expect.any(String) })
    expect([(await taskById(ctx.db, taskId))?.state, await rowOf(taskId)]).toEqual(['done', 'delivered'])
    expect(await outputsOf(ctx.db, taskId)).toMatchObject([{ kind: 'activity', value: activityId }])

    await returnActivity(stage.writer, { activityId, reason: 'Chưa rõ phát lúc nào' })
    expect([(await taskById(ctx.db, taskId))?.state, await rowOf(taskId)]).toEqual(['accepted', 'accepted'])
    expect(await factsOf(ctx.db, activityId)).toEqual([])
    expect((await waitingFor(officer)).map(({ wording }) => wording)).toContain('evidence_waiting_returned')

    await amendActivity(officer, { ...stage.talk, ...script, activityId, beganAt: '05:30' })
    expect([(await taskById(ctx.db, taskId))?.state, await rowOf(taskId)]).toEqual(['done', 'delivered'])
    expect(await outputsOf(ctx.db, taskId)).toHaveLength(1)
  })

  test('of a recall asks for proof that it was taken down', async () => {
    const taskId = await manualTask()
    await stage.sent({ ...script, taskId })
    const { releaseId } = (await deliveryOfTask(ctx.db, taskId))!
    await recallRelease(stage.leader, { releaseId, reason: 'Sai số', words: 'Gỡ xuống' })
    while ((await workLedger(ctx)) > 0);
    const open = (await setOf(officer)).filter(({ detail }) => detail.startsWith('Gỡ xuống'))
    const task = (await taskById(ctx.db, open.at(-1)!.id))!
    expect(await proofOfTask(ctx, task)).toMatchObject({ kind: 'removal', closes: true })
    await stage.sent({ kind: 'removal', counts: [whole('removals', 1)], taskId: task.id })
    expect(await rowOf(task.id)).toBe('delivered')
  })

  test('to take a banner down is done by who took it down for a recall: nobody goes there twice', async () => {
    const taskId = await manualTask()
    const hung = { kind: 'banner', counts: [whole('banners', 1)], spot: 'LOA-1', wordsAtEnd: 'Tháo băng rôn' }
    const activityId = await stage.sent({ ...hung, taskId })
    const { releaseId } = (await deliveryOfTask(ctx.db, taskId))!
    await recallRelease(stage.leader, { releaseId, reason: 'Sai số', words: 'Gỡ ngay' })
    while ((await workLedger(ctx)) > 0);
    const recalls = (await setOf(officer)).filter(({ detail }) => detail.startsWith('Gỡ ngay'))
    const removal = { kind: 'removal', counts: [whole('removals', 1)], spot: 'LOA-1', taskId: recalls.at(-1)!.id }
    const down = await stage.sent(removal)
    const [task] = await tasksOfOrigin(ctx.db, 'removal', [activityId])
    expect(task?.state).toBe('done')
    expect(await outputsOf(ctx.db, task!.id)).toMatchObject([{ value: down }])
  })

  test('to take a banner down is set when it is hung, due when its days are over, and closed by proof of that', async () => {
    const hung = { kind: 'banner', counts: [whole('banners', 2)], spot: 'Chợ Bát Xát', wordsAtEnd: 'Tháo băng rôn' }
    const activityId = await stage.sent(hung)
    const [task] = await tasksOfOrigin(ctx.db, 'removal', [activityId])
    expect(task).toMatchObject({
      dueOn: '2026-12-05',
      detail: 'Tháo băng rôn – Chợ Bát Xát',
      organisationId: stage.batXat,
    })
    expect(await proofOfTask(ctx, task!)).toMatchObject({ kind: 'removal', spot: 'Chợ Bát Xát' })
    await stage.sent({ kind: 'removal', counts: [whole('removals', 2)], taskId: task!.id })
    expect((await taskById(ctx.db, task!.id))?.state).toBe('done')

    const mistaken = await stage.sent(hung)
    await withdrawActivity(officer, { activityId: mistaken, reason: 'Chưa treo' })
    expect((await tasksOfOrigin(ctx.db, 'removal', [mistaken]))[0]?.state).toBe('withdrawn')
  })

  test('of a plan stays open until who sends proof says that it is done', async () => {
    const department = await stage.bodyOf('SVHTTDL-LC-2025')
    const duty = { originKind: 'plan_duty', detail: 'Nói chuyện ở chợ', role: 'all', mode: 'ordered' } as const
    const [taskId] = await setTasks(stage.writer, {
      tasks: [
        { ...duty, originKey: 'duty:1', organisationId: stage.batXat, assignedBy: department, dueOn: '2026-11-30' },
      ],
    })
    await stage.sent({ taskId })
    expect((await taskById(ctx.db, taskId!))?.state).toBe('accepted')
    await stage.sent({ taskId, finishes: true })
    expect((await taskById(ctx.db, taskId!))?.state).toBe('done')
    await stage.sent({ taskId, finishes: true })
    expect(await outputsOf(ctx.db, taskId!)).toHaveLength(2)
  })

  const setOf = async (by: Ctx) =>
    (await tasksOfOrigin(ctx.db, 'delivery', await deliveryIds())).filter(({ organisationId }) =>
      by.actor.kind === 'person' ? by.actor.grants.some((grant) => grant.organisationId === organisationId) : true,
    )
  const deliveryIds = async () => (await ctx.db.selectFrom('delivery').select('id').execute()).map(({ id }) => id)
})
