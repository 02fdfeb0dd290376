import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId, type Ctx, type Id } from '../core/kernel/index.ts'
import { organisationHierarchy, organisationIdsByCode } from '../core/organisation/index.ts'
import {
  acceptTask,
  attachOutput,
  cascadeTask,
  escalateOverdueTasks,
  finishTask,
  gather,
  handOverTask,
  icsOf,
  remindTasks,
  returnTask,
  setTasks,
  taskById,
  tasksWhere,
  waitingFor,
  type Task,
} from '../core/task/index.ts'
import { openTestDatabase, person, stillClock, testCtx, type TestDatabase } from '../testing/index.ts'

let database: TestDatabase
let system: Ctx
let bodies: Map<string, Id<'organisation'>>
const officerId = newId<'person'>()
const clock = stillClock('2024-06-10T01:00:00Z')

beforeAll(async () => {
  database = await openTestDatabase('province')
  system = testCtx(database.db, { hierarchy: organisationHierarchy, clock })
  await system.db.insertInto('person').values({ id: officerId, username: 'canbo', name: 'Cán bộ' }).execute()
  bodies = await organisationIdsByCode(system.db, ['STTTT-LC', 'UBND-BX', 'PVHTT-BX', 'TTVH-BX', 'UBND-SP', 'UBND-LC'])
})
afterAll(() => database.close())

const body = (code: string) => bodies.get(code)!

function officerOf(code: string): Ctx {
  const grants = [{ role: 'field_officer' as const, organisationId: body(code), delegationId: null }]
  return { ...system, actor: person(officerId, grants, code) }
}

let number = 0
async function aTask(code: string, dueOn: string | null = null): Promise<Task> {
  const [id] = await setTasks(system, {
    tasks: [
      {
        originKind: 'test',
        originKey: `test:${++number}`,
        detail: 'Treo băng rôn tại chợ phiên, trường học; báo cáo kết quả.',
        role: 'all',
        mode: 'ordered',
        dueOn,
        assignedBy: body('STTTT-LC'),
        organisationId: body(code),
      },
    ],
  })
  return (await taskById(system.db, id!))!
}

describe('a task', () => {
  test('set twice under one key is one task', async () => {
    const task = await aTask('UBND-BX')
    const same = { ...task, originKind: 'test', channels: [], outputs: [] }
    expect(await setTasks(system, { tasks: [same] })).toEqual([])
  })

  test('is done only when something shows it', async () => {
    const task = await aTask('UBND-BX')
    const officer = officerOf('UBND-BX')
    const taskId = task.id
    await expect(finishTask(officer, { taskId })).rejects.toMatchObject({ code: 'task.is_set' })
    await acceptTask(officer, { taskId })
    await expect(finishTask(officer, { taskId })).rejects.toMatchObject({ code: 'task.no_output' })
    await expect(
      attachOutput(officer, { taskId, kind: 'link', title: 'Ảnh', value: 'javascript:x' }),
    ).rejects.toMatchObject({
      code: 'task.not_a_link',
    })
    await attachOutput(officer, { taskId, kind: 'link', title: 'Ảnh băng rôn', value: 'https://example.vn/anh' })
    await finishTask(officer, { taskId })
    expect(await taskById(system.db, taskId)).toMatchObject({ state: 'done' })
  })

  test('is nobody else’s: another district cannot accept it', async () => {
    const task = await aTask('UBND-BX')
    await expect(acceptTask(officerOf('UBND-SP'), { taskId: task.id })).rejects.toMatchObject({
      code: 'access.organisation',
    })
  })

  test('given back waits for who set it; handed over waits for the other', async () => {
    const task = await aTask('UBND-BX')
    await returnTask(officerOf('UBND-BX'), { taskId: task.id, reason: 'Không thuộc địa bàn' })
    const setter = { ...officerOf('STTTT-LC') }
    expect((await waitingFor(setter)).map((waiting) => waiting.wording)).toContain('task_waiting_returned')
    await handOverTask(system, { taskId: task.id, organisationId: body('UBND-SP'), reason: 'Đúng địa bàn' })
    const waiting = await waitingFor(officerOf('UBND-SP'))
    expect(waiting).toContainEqual(
      expect.objectContaining({ wording: 'task_waiting_accept', path: `/tasks/${task.id}` }),
    )
  })

  test('given on below is done when its parts are, by arithmetic', async () => {
    const task = await aTask('UBND-BX', '2024-11-30')
    const officer = officerOf('UBND-BX')
    await acceptTask(officer, { taskId: task.id })
    const below = [body('PVHTT-BX'), body('TTVH-BX')]
    await expect(cascadeTask(officer, { taskId: task.id, organisationIds: [body('UBND-SP')] })).rejects.toMatchObject({
      code: 'task.not_below',
    })
    const late = { taskId: task.id, organisationIds: below, dueOn: '2024-12-31' }
    await expect(cascadeTask(officer, late)).rejects.toMatchObject({ code: 'task.due_after_whole' })
    expect(await cascadeTask(officer, { taskId: task.id, organisationIds: below })).toBe(2)
    expect(await cascadeTask(officer, { taskId: task.id, organisationIds: below })).toBe(0)
    expect(await gather(officer, task.id)).toEqual({ all: 2, done: 0, withdrawn: 0, open: 2 })
    await expect(finishTask(officer, { taskId: task.id })).rejects.toMatchObject({
      code: 'task.parts_open',
      facts: { count: 2 },
    })
    for (const part of await tasksWhere(system.db, { organisations: below }, null, 10)) {
      const ctx = officerOf(part.organisationId === body('PVHTT-BX') ? 'PVHTT-BX' : 'TTVH-BX')
      await acceptTask(ctx, { taskId: part.id })
      await attachOutput(ctx, { taskId: part.id, kind: 'note', title: 'Xong', value: '' })
      await finishTask(ctx, { taskId: part.id })
    }
    await finishTask(officer, { taskId: task.id })
    expect(await gather(officer, task.id)).toEqual({ all: 2, done: 2, withdrawn: 0, open: 0 })
  })

  test('is called to mind and escalated once, however often the jobs run', async () => {
    const [soon, late] = [await aTask('UBND-SP', '2024-06-13'), await aTask('UBND-SP', '2024-06-01')]
    for (let run = 0; run < 3; run++) {
      await remindTasks.run(system, {})
      await escalateOverdueTasks.run(system, {})
    }
    const reminders = await system.db.selectFrom('taskReminder').selectAll().where('taskId', '=', soon.id).execute()
    expect(reminders).toMatchObject([{ onDay: '2024-06-10', daysLeft: 3 }])
    // The superior of the district's committee is the province's; the body that set the task learns of it too.
    expect(await taskById(system.db, late.id)).toMatchObject({ escalatedTo: body('UBND-LC'), revision: 2 })
    expect((await waitingFor(officerOf('UBND-LC'))).map((waiting) => waiting.wording)).toContain(
      'task_waiting_escalated',
    )
    expect((await waitingFor(officerOf('STTTT-LC'))).map((waiting) => waiting.wording)).toContain(
      'task_waiting_escalated',
    )
  })

  test('pages by key without losing or repeating one', async () => {
    for (let n = 0; n < 7; n++) await aTask('UBND-BX', n % 2 ? '2024-08-01' : null)
    const all = await tasksWhere(system.db, {}, null, 1_000)
    const seen: string[] = []
    let after: Task | null = null
    for (;;) {
      const page: Task[] = await tasksWhere(system.db, {}, after, 3)
      if (page.length === 0) break
      seen.push(...page.map((task) => task.id))
      after = page.at(-1)!
    }
    expect(seen).toEqual(all.map((task) => task.id))
    expect(new Set(seen).size).toBe(seen.length)
  })

  test('goes into a calendar whose lines fit and keep every letter', async () => {
    const task = await aTask('UBND-BX', '2024-07-30')
    const ics = icsOf([task], { now: clock.now(), origin: 'http://localhost', name: 'Nhiệm vụ' })
    for (const line of ics.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    const unfolded = ics.replaceAll('\r\n ', '')
    expect(unfolded).toContain('DTSTART;VALUE=DATE:20240730\r\nDTEND;VALUE=DATE:20240731')
    expect(unfolded).toContain('DESCRIPTION:Treo băng rôn tại chợ phiên\\, trường học\\; báo cáo kết quả.')
    expect(ics.endsWith('END:VCALENDAR\r\n')).toBe(true)
  })
})
