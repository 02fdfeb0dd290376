import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  acceptActivity,
  activitiesWhere,
  checksOf,
  completenessOf,
  decideSpotCheck,
  drawById,
  drawSpotChecks,
  importActivities,
  previewActivities,
  redraw,
  returnActivity,
  withdrawActivity,
  type ActivityTableRow,
} from '../core/evidence/index.ts'
import type { Ctx, Id } from '../core/kernel/index.ts'
import { setTasks } from '../core/task/index.ts'
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

const ROW: ActivityTableRow = {
  code: '1',
  kind: 'Nói chuyện chuyên đề',
  organisation: 'UBND-02683',
  place: '02683',
  day: '20/11/2026',
  spot: 'Thôn 1',
  topic: '',
  campaign: '',
  audience: '',
  language: '',
  quantity: '1.084',
  estimated: '',
  female: '500',
  male: '',
  people: '',
  link: '',
  note: '',
}
const preview = (rows: readonly ActivityTableRow[]) => previewActivities(ctx.db, rows, clock.now())

describe('a table of activities', () => {
  test.each([
    [{ code: '' }, ['code', 'empty']],
    [{ kind: 'hành hương' }, ['kind', 'kind']],
    [{ organisation: 'X' }, ['organisation', 'organisation']],
    [{ place: 'X' }, ['place', 'place']],
    [{ day: '31/2/2026' }, ['day', 'day']],
    [{ quantity: 'nhiều' }, ['quantity', 'number']],
    [{ quantity: '0' }, ['quantity', 'number']],
    [{ quantity: '499' }, ['female', 'more_than_all']],
    [{ female: '-1' }, ['female', 'number']],
    [{ kind: 'banner' }, ['female', 'no_people']],
    [{ estimated: 'chắc' }, ['estimated', 'yes']],
    [{ link: 'báo' }, ['link', 'link']],
    [{ people: 'Mông nhiều' }, ['people', 'people']],
    [{ people: 'Nữ 3' }, ['people', 'people']],
    [{ people: 'Mông 1000; Dao 85' }, ['people', 'more_than_all']],
    [{ kind: 'banner', female: '', people: 'Mông 3' }, ['people', 'no_people']],
    [{ campaign: 'Đợt nào đó' }, ['campaign', 'campaign']],
    [{ language: 'tiếng lạ' }, ['language', 'language']],
    [{ spot: 'a'.repeat(301) }, ['spot', 'long']],
  ])('with %j is told where it is wrong', async (change, told) => {
    const { bad } = await preview([{ ...ROW, ...change }])
    expect(bad.map(({ row, column, reason }) => [row, column, reason])).toContainEqual([2, ...told])
  })

  test('is taken whole or not at all; the same again changes nothing, an amended row amends', async () => {
    const rows = [ROW, { ...ROW, code: '2', kind: 'banner', quantity: '2', female: '' }]
    await expect(importActivities(officer, { rows: [...rows, { ...ROW, code: '' }] })).rejects.toMatchObject({
      code: 'evidence.bad_cells',
    })
    expect((await preview(rows)).added).toHaveLength(2)
    expect(await importActivities(officer, { rows, wordsAtEnd: { banner: 'Tháo băng rôn' } })).toEqual({
      added: 2,
      changed: 0,
    })
    expect(await importActivities(officer, { rows })).toEqual({ added: 0, changed: 0 })
    const more = [{ ...ROW, quantity: '1 100', female: '', estimated: 'x', people: 'Mông 60' }, rows[1]!]
    expect(await importActivities(officer, { rows: more })).toEqual({ added: 0, changed: 1 })
    const [talk] = await activitiesWhere(ctx.db, { organisations: [stage.batXat], kind: 'talk' }, null, 9)
    expect(talk?.counts).toEqual([
      { indicator: 'attendances', breakdown: 'all', part: '', value: 1_100, estimated: true },
      { indicator: 'sessions', breakdown: 'all', part: '', value: 1, estimated: false },
      { indicator: 'attendances', breakdown: 'ethnic_group', part: 'hmong', value: 60, estimated: true },
    ])
    await acceptActivity(stage.head, { activityId: talk!.id })
    expect((await preview([ROW])).bad).toMatchObject([{ row: 2, column: 'code', reason: 'accepted' }])
    expect((await preview([ROW, ROW])).bad).toContainEqual({ row: 3, column: 'code', value: '1', reason: 'twice' })
  })

  test('for another body is refused as a whole', async () => {
    const rows = [{ ...ROW, code: '9', organisation: 'UBND-03046', place: '03046' }]
    await expect(importActivities(officer, { rows })).rejects.toMatchObject({ code: 'access.organisation' })
    expect((await preview(rows)).added).toHaveLength(1)
  })
})

describe('a draw', () => {
  const month = { dayFrom: '2026-08-01', dayTo: '2026-08-31' }

  test('comes out the same again, though some of it was taken back since; what did not hold is given back', async () => {
    const department = await stage.bodyOf('SVHTTDL-LC-2025')
    const task = {
      originKind: 'test',
      detail: 'Nói chuyện',
      role: 'all',
      mode: 'ordered',
      assignedBy: department,
    } as const
    const [taskId] = await setTasks(stage.writer, {
      tasks: [{ ...task, originKey: 'draw:1', organisationId: stage.batXat, dueOn: '2026-08-31' }],
    })
    const sent: Id<'activity'>[] = []
    for (let day = 1; day <= 20; day += 1) {
      const said = { day: `2026-08-${String(day).padStart(2, '0')}`, counts: [whole('sessions', day)], taskId }
      sent.push(await stage.sent(said))
    }
    clock.set('2026-11-24T03:00:00Z')
    const drawId = await drawSpotChecks(stage.writer, { ...month, organisationId: department, percent: 20 })
    const draw = (await drawById(ctx.db, drawId))!
    expect(draw).toMatchObject({ poolSize: 20, share: 0.2 })
    const checks = await checksOf(ctx.db, drawId, 0, 50)
    expect(checks).toHaveLength(4)

    clock.set('2026-11-24T04:00:00Z')
    const [held, failed] = checks
    const undrawn = sent.find((id) => !checks.some(({ activityId }) => activityId === id))!
    await withdrawActivity(officer, { activityId: undrawn, reason: 'Ghi hai lần' })
    const found = { drawId, note: 'Đã đến thôn, hỏi trưởng thôn.' }
    await decideSpotCheck(stage.leader, { ...found, activityId: held!.activityId, held: true })
    await decideSpotCheck(stage.leader, { ...found, activityId: failed!.activityId, held: false })
    await expect(
      decideSpotCheck(stage.leader, { ...found, activityId: held!.activityId, held: false }),
    ).rejects.toMatchObject({ code: 'evidence.not_drawn' })
    await expect(decideSpotCheck(stage.leader, { ...found, activityId: undrawn, held: true })).rejects.toMatchObject({
      code: 'evidence.not_drawn',
    })
    const states = (await checksOf(ctx.db, drawId, 0, 50)).map(({ state }) => state)
    expect(states).toEqual(['held', 'failed', 'open', 'open'])
    const [gone] = await activitiesWhere(ctx.db, { organisations: [stage.batXat], states: ['returned'] }, null, 9)
    expect(gone?.id).toBe(failed!.activityId)
    expect(await redraw(ctx, draw)).toEqual({ samePool: true, same: true })
    expect(await redraw(ctx, { ...draw, seed: 'f'.repeat(48) })).toMatchObject({ samePool: true, same: false })
  })

  test('of nothing, or by who accepts nothing, is refused', async () => {
    const nothing = { organisationId: stage.batXat, dayFrom: '2020-01-01', dayTo: '2020-01-31', percent: 10 }
    await expect(drawSpotChecks(stage.head, nothing)).rejects.toMatchObject({ code: 'evidence.nothing_drawn' })
    await expect(drawSpotChecks(officer, nothing)).rejects.toMatchObject({ code: 'access.role' })
  })
})

test('completeness is what was owed in a period, on time, late and missing; they add up', async () => {
  const department = await stage.bodyOf('SVHTTDL-LC-2025')
  const owed = {
    originKind: 'test',
    detail: 'Treo băng rôn',
    role: 'all',
    mode: 'ordered',
    assignedBy: department,
  } as const
  const body = { ...owed, organisationId: stage.batXat }
  const ids = await setTasks(stage.writer, {
    tasks: [
      { ...body, originKey: 'owed:1', dueOn: '2026-12-10' },
      { ...body, originKey: 'owed:2', dueOn: '2026-12-11' },
      { ...body, originKey: 'owed:3', dueOn: '2026-12-12' },
      { ...body, originKey: 'owed:4', dueOn: '2027-01-01' },
    ],
  })
  clock.set('2026-12-10T15:00:00Z') // 22:00 in Vietnam, still the day
  await stage.sent({ taskId: ids[0], day: '2026-12-10', finishes: true })
  clock.set('2026-12-11T17:30:00Z') // half past midnight: the day after
  const late = await stage.sent({ taskId: ids[1], day: '2026-12-11', finishes: true })
  const period = { dayFrom: '2026-12-01', dayTo: '2026-12-31', campaignId: null }
  const all = { after: null, limit: 50 }
  const [row] = await completenessOf(ctx.db, [department], period, all)
  expect(row).toMatchObject({ code: 'UBND-02683', owed: 3, onTime: 1, late: 1, missing: 1, activities: 2 })
  await returnActivity(stage.writer, { activityId: late, reason: 'Thiếu ảnh' })
  expect((await completenessOf(ctx.db, [department], period, all))[0]).toMatchObject({ late: 0, missing: 2 })
  const next = { after: { name: row!.organisation, code: row!.code }, limit: 50 }
  expect(await completenessOf(ctx.db, [department], period, next)).toEqual([])
})
