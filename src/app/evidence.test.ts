import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  acceptActivity,
  activityById,
  activitiesWhere,
  amendActivity,
  attachProof,
  factsOf,
  lockPeriod,
  noteMachineProof,
  proofOfTask,
  proofsOf,
  removeProof,
  returnActivity,
  sendActivity,
  unlockPeriod,
  waitingFor,
  withdrawActivity,
} from '../core/evidence/index.ts'
import { newId, type Ctx, type Id } from '../core/kernel/index.ts'
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
const link = (value: string) => ({ kind: 'link' as const, value })
const photo = async (content: string) => ({
  kind: 'file' as const,
  file: {
    sha256: await ctx.files.put(new TextEncoder().encode(content)),
    kind: 'picture' as const,
    mime: 'image/jpeg',
    bytes: content.length,
    fileName: 'anh.jpg',
  },
})

describe('an activity', () => {
  test('sent three times is one, and its numbers count once', async () => {
    const activityId = newId<'activity'>()
    const given = { ...stage.talk, activityId }
    const answers = await Promise.all([1, 2, 3].map(() => sendActivity(officer, given)))
    expect(answers.map(({ isNew }) => isNew).toSorted()).toEqual([false, false, true])
    expect((await factsOf(ctx.db, activityId)).map(({ indicator, value }) => [indicator, value])).toEqual([
      ['attendances', 84],
      ['sessions', 1],
    ])
  })

  test('under an id that somebody else has used is refused', async () => {
    const activityId = await stage.sent()
    await expect(sendActivity(stage.neighbour, { ...stage.talk, activityId })).rejects.toMatchObject({
      code: 'access.organisation',
    })
    const own = { ...stage.talk, activityId, organisationId: await stage.bodyOf('UBND-03046') }
    await expect(sendActivity(stage.neighbour, own)).rejects.toMatchObject({ code: 'evidence.sent_as_another' })
  })

  test.each([
    [{ kind: 'pilgrimage' }, 'evidence.no_such_kind'],
    [{ counts: [whole('souls', 3)] }, 'evidence.no_such_indicator'],
    [{ counts: [] }, 'evidence.nothing_counted'],
    [{ counts: [whole('sessions', 0)] }, 'evidence.nothing_counted'],
    [{ counts: [whole('sessions', 1.5)] }, 'evidence.no_count'],
    [{ counts: [whole('sessions', 1), whole('sessions', 2)] }, 'evidence.counted_twice'],
    [{ links: ['báo Lào Cai'] }, 'evidence.not_a_link'],
    [{ placeId: newId<'place'>() }, 'evidence.no_such_place'],
    [{ taskId: newId<'task'>() }, 'evidence.no_such_task'],
  ])('that says %j is refused', async (said, code) => {
    await expect(stage.sent(said)).rejects.toMatchObject({ code })
  })

  test('tells no more of one sex than of all, and nothing of the sex of leaflets', async () => {
    const women = { indicator: 'attendances', breakdown: 'sex', part: 'female', value: 50, estimated: false } as const
    const men = { ...women, part: 'male', value: 40 }
    await expect(stage.sent({ counts: [whole('attendances', 84), women, men] })).rejects.toMatchObject({
      code: 'evidence.parts_exceed',
      facts: { parts: 90, whole: 84 },
    })
    await expect(
      stage.sent({ counts: [whole('leaflets', 84), { ...women, indicator: 'leaflets' }] }),
    ).rejects.toMatchObject({ code: 'evidence.no_such_part' })
    const activityId = await stage.sent({ counts: [whole('attendances', 95), women, men] })
    expect(await factsOf(ctx.db, activityId)).toHaveLength(3)
  })

  test('that is withdrawn counts no more; that is amended counts as it says now, and as it said before as of then', async () => {
    const activityId = await stage.sent()
    clock.set('2026-11-24T03:00:00Z')
    const { revision } = await standing(activityId)
    await amendActivity(officer, { ...stage.talk, activityId, revision, counts: [whole('attendances', 48)] })
    clock.set('2026-11-24T04:00:00Z')
    await withdrawActivity(officer, { activityId, reason: 'Nhập nhầm xã' })
    const valuesAt = async (at: string) =>
      (await factsOf(ctx.db, activityId, new Date(at))).map(({ indicator, value }) => `${indicator}=${value}`)
    expect(await valuesAt('2026-11-24T02:30:00Z')).toEqual(['attendances=84', 'sessions=1'])
    expect(await valuesAt('2026-11-24T03:30:00Z')).toEqual(['attendances=48'])
    expect(await valuesAt('2026-11-24T04:30:00Z')).toEqual([])
    await expect(withdrawActivity(officer, { activityId, reason: 'x' })).rejects.toMatchObject({
      code: 'evidence.is_withdrawn',
    })
  })

  test('is not amended by who has seen an older one', async () => {
    const activityId = await stage.sent()
    const { revision } = await standing(activityId)
    await attachProof(officer, { activityId, proof: link('https://baolaocai.vn/1') })
    await expect(amendActivity(officer, { ...stage.talk, activityId, revision })).rejects.toMatchObject({
      code: 'evidence.changed',
    })
  })
})

describe('its grade', () => {
  test('follows from what proves it and is nowhere typed', async () => {
    const activityId = await stage.sent()
    const grade = async () => (await standing(activityId)).grade
    expect(await grade()).toBe('declared')
    await attachProof(officer, { activityId, proof: await photo('a talk') })
    expect(await grade()).toBe('documented')
    const [proof] = await proofsOf(ctx.db, activityId)
    await removeProof(officer, { activityId, proofId: proof!.id })
    expect(await grade()).toBe('declared')
    await noteMachineProof(ctx, { activityId, reference: 'log 17' })
    await noteMachineProof(ctx, { activityId, reference: 'log 17' })
    expect(await grade()).toBe('machine')
    expect(await proofsOf(ctx.db, activityId)).toHaveLength(1)
    const machine = (await proofsOf(ctx.db, activityId))[0]!
    await expect(removeProof(officer, { activityId, proofId: machine.id })).rejects.toMatchObject({
      code: 'evidence.proof_not_found',
    })
  })
})

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

describe('acceptance', () => {
  test('goes up the tree: the head of the commune, then the department that runs the campaign; never who sent it', async () => {
    const activityId = await stage.sent({}, await stage.somebody('hai_vai', 'field_officer', 'UBND-02683'))
    await expect(acceptActivity(officer, { activityId })).rejects.toMatchObject({ code: 'access.role' })
    expect(await acceptActivity(stage.head, { activityId })).toBe(1)
    await expect(acceptActivity(stage.head, { activityId })).rejects.toMatchObject({
      code: 'evidence.accepted_already',
    })
    const above = await stage.somebody('tinh', 'leader', 'UBND-LC-2025')
    expect(await acceptActivity(above, { activityId })).toBe(3)
    await expect(returnActivity(stage.head, { activityId, reason: 'x' })).rejects.toMatchObject({
      code: 'evidence.accepted_above',
    })
    await expect(amendActivity(officer, { ...stage.talk, activityId })).rejects.toMatchObject({
      code: 'evidence.is_accepted',
    })
    await returnActivity(above, { activityId, reason: 'Thiếu ảnh' })
    expect(await standing(activityId)).toMatchObject({ state: 'returned', acceptance: 0 })
  })

  test('is not for who stands beside, nor for one’s own', async () => {
    const activityId = await stage.sent()
    const beside = await stage.somebody('ben_canh', 'leader', 'UBND-03046')
    await expect(acceptActivity(beside, { activityId })).rejects.toMatchObject({ code: 'evidence.not_above' })
    const own = await stage.sent({ organisationId: await stage.bodyOf('SVHTTDL-LC-2025') }, stage.writer)
    await expect(acceptActivity(stage.writer, { activityId: own })).rejects.toMatchObject({
      code: 'evidence.own_activity',
    })
    expect(await acceptActivity(stage.leader, { activityId: own })).toBe(3)
  })
})

describe('a closed period', () => {
  test('is changed by nobody until it is opened again with a reason', async () => {
    const before = await stage.sent({ day: '2026-10-10' })
    const department = await stage.bodyOf('UBND-LC-2025')
    const above = await stage.somebody('khoa', 'leader', 'UBND-LC-2025')
    const month = { organisationId: department, dayFrom: '2026-10-01', dayTo: '2026-10-31' }
    await expect(lockPeriod(stage.head, month)).rejects.toMatchObject({ code: 'access.organisation' })
    const lockId = await lockPeriod(above, month)
    const locked = { code: 'evidence.locked', facts: { from: '2026-10-01', to: '2026-10-31' } }
    await expect(stage.sent({ day: '2026-10-31' })).rejects.toMatchObject(locked)
    await expect(acceptActivity(stage.head, { activityId: before })).rejects.toMatchObject(locked)
    await expect(withdrawActivity(officer, { activityId: before, reason: 'x' })).rejects.toMatchObject(locked)
    const inside = await stage.sent({ day: '2026-11-01' })
    await expect(
      amendActivity(officer, { ...stage.talk, activityId: inside, day: '2026-10-31' }),
    ).rejects.toMatchObject(locked)
    await unlockPeriod(above, { lockId, reason: 'Xã Bát Xát gửi bổ sung' })
    await expect(unlockPeriod(above, { lockId, reason: 'x' })).rejects.toMatchObject({
      code: 'evidence.lock_not_found',
    })
    await stage.sent({ day: '2026-10-31' })
  })
})

describe('the list', () => {
  test('goes on page by page and shows what is asked for alone', async () => {
    const filter = { organisations: [stage.batXat], kind: 'panel' }
    const ids: string[] = []
    for (const at of [1, 2, 3, 4, 5]) {
      clock.set(`2026-11-25T0${at}:00:00Z`)
      ids.push(await stage.sent({ kind: 'panel', counts: [whole('panels', 1)], spot: `Cổng chào ${at}` }))
    }
    const found: string[] = []
    for (let before = null as Parameters<typeof activitiesWhere>[2]; ;) {
      const page = await activitiesWhere(ctx.db, filter, before, 2)
      found.push(...page.map(({ id }) => id))
      const last = page.at(-1)
      if (!last) break
      before = { receivedAt: last.receivedAt, id: last.id }
    }
    expect(found).toEqual(ids.toReversed())
    expect(await activitiesWhere(ctx.db, { ...filter, words: 'cong chao 3' }, null, 9)).toHaveLength(1)
    expect(await activitiesWhere(ctx.db, { ...filter, dayTo: '2026-01-01' }, null, 9)).toEqual([])
  })
})
