import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestDatabase, person, stillClock, testCtx, type TestDatabase } from '../../testing/index.ts'
import { newId, type Ctx, type Id } from '../kernel/index.ts'
import { organisationHierarchy, organisationIdsByCode } from '../organisation/index.ts'
import {
  acceptTask,
  amendTask,
  attachOutput,
  cascadeTask,
  childrenOfTask,
  countTasks,
  eventsOf,
  finishTask,
  firstTasksOfEach,
  gather,
  handOverTask,
  reissueTask,
  removeOutput,
  reopenTask,
  returnTask,
  taskById,
  tasksOfOrigin,
  tasksWhere,
  waitingFor,
  waivePart,
  withdrawTask,
  type Task,
} from './index.ts'
import { buildTask } from './task.build.ts'

let database: TestDatabase
let system: Ctx
let bodies: Map<string, Id<'organisation'>>
const personId = newId<'person'>()
const reason = 'Đã thống nhất qua điện thoại'

beforeAll(async () => {
  database = await openTestDatabase('province')
  system = testCtx(database.db, { hierarchy: organisationHierarchy, clock: stillClock('2024-06-10T01:00:00Z') })
  await system.db.insertInto('person').values({ id: personId, username: 'canbo', name: 'Cán bộ' }).execute()
  bodies = await organisationIdsByCode(system.db, ['STTTT-LC', 'UBND-BX', 'PVHTT-BX', 'TTVH-BX', 'UBND-SP'])
})
afterAll(() => database.close())

const body = (code: string) => bodies.get(code)!
const officerOf = (code: string): Ctx => ({
  ...system,
  actor: person(personId, [{ role: 'field_officer', organisationId: body(code), delegationId: null }], code),
})
const aTask = (code: string, dueOn: string | null = null) =>
  buildTask(system, { organisationId: body(code), assignedBy: body('STTTT-LC'), dueOn })
const now = async (task: Task) => (await taskById(system.db, task.id))!
const said = async (ctx: Ctx, task: Task) =>
  (await waitingFor(ctx)).find((waiting) => waiting.path === `/tasks/${task.id}`)?.wording

async function givenOn(): Promise<{ whole: Task; parts: Task[] }> {
  const whole = await aTask('UBND-BX', '2024-11-30')
  const officer = officerOf('UBND-BX')
  await acceptTask(officer, { taskId: whole.id })
  await cascadeTask(officer, { taskId: whole.id, organisationIds: [body('PVHTT-BX'), body('TTVH-BX')] })
  const parts = await childrenOfTask(system.db, whole.id)
  return { whole, parts }
}
const partOf = (parts: readonly Task[], code: string) => parts.find((part) => part.organisationId === body(code))!

async function finish(code: string, task: Task): Promise<void> {
  const officer = officerOf(code)
  await acceptTask(officer, { taskId: task.id })
  await attachOutput(officer, { taskId: task.id, kind: 'note', title: 'Đã treo', value: '12 băng rôn' })
  await finishTask(officer, { taskId: task.id })
}

describe('a task given back', () => {
  test('lies with who set it, who gives it again or passes it on; the doer no longer can', async () => {
    const task = await aTask('UBND-BX')
    await returnTask(officerOf('UBND-BX'), { taskId: task.id, reason })
    const passOn = { taskId: task.id, organisationId: body('UBND-SP'), reason }
    await expect(handOverTask(officerOf('UBND-BX'), passOn)).rejects.toMatchObject({ code: 'access.organisation' })
    await reissueTask(officerOf('STTTT-LC'), { taskId: task.id, reason })
    expect(await said(officerOf('UBND-BX'), task)).toBe('task_waiting_accept')
    await returnTask(officerOf('UBND-BX'), { taskId: task.id, reason })
    await handOverTask(officerOf('STTTT-LC'), passOn)
    const [newest] = await eventsOf(system.db, task.id)
    expect(newest).toMatchObject({ kind: 'handed_over', fromId: body('UBND-BX'), toId: body('UBND-SP'), note: reason })
    expect(await now(task)).toMatchObject({ organisationId: body('UBND-SP'), state: 'set' })
  })
})

describe('a whole and its parts', () => {
  test('is gathered by its body: progress, then the report', async () => {
    const { whole, parts } = await givenOn()
    const officer = officerOf('UBND-BX')
    expect(await said(officer, whole)).toBe('task_waiting_parts')
    await finish('PVHTT-BX', partOf(parts, 'PVHTT-BX'))
    await expect(finishTask(officer, { taskId: whole.id })).rejects.toMatchObject({ code: 'task.parts_open' })
    const waived = partOf(parts, 'TTVH-BX')
    await waivePart(officer, { taskId: waived.id, reason })
    expect(await gather(system, whole.id)).toEqual({ all: 2, done: 1, withdrawn: 1, open: 0 })
    expect((await eventsOf(system.db, waived.id))[0]).toMatchObject({ kind: 'waived', note: reason })
    expect(await said(officer, whole)).toBe('task_waiting_gather')
    await finishTask(officer, { taskId: whole.id })
    const reopened = reopenTask(officerOf('PVHTT-BX'), { taskId: partOf(parts, 'PVHTT-BX').id, reason })
    await expect(reopened).rejects.toMatchObject({ code: 'task.whole_closed' })
  })

  test('cannot be let go while a part is open, and no whole is done without as a part', async () => {
    const { whole } = await givenOn()
    const officer = officerOf('UBND-BX')
    const refused = { code: 'task.parts_open', facts: { count: 2 } }
    await expect(returnTask(officer, { taskId: whole.id, reason })).rejects.toMatchObject(refused)
    const passOn = { taskId: whole.id, organisationId: body('UBND-SP'), reason }
    await expect(handOverTask(officer, passOn)).rejects.toMatchObject(refused)
    await expect(waivePart(system, { taskId: whole.id, reason })).rejects.toMatchObject({ code: 'task.not_a_part' })
  })

  test('taken back takes its open parts with it and leaves what is done', async () => {
    const { whole, parts } = await givenOn()
    await finish('PVHTT-BX', partOf(parts, 'PVHTT-BX'))
    await withdrawTask(system, { taskId: whole.id, reason })
    expect(await now(partOf(parts, 'TTVH-BX'))).toMatchObject({ state: 'withdrawn' })
    expect(await now(partOf(parts, 'PVHTT-BX'))).toMatchObject({ state: 'done' })
  })

  test('issued again takes back open parts, which come again with their history when given on again', async () => {
    const { whole, parts } = await givenOn()
    const task = await now(whole)
    const content = { ...task, channels: [], outputs: [], detail: 'Treo băng rôn tại mọi thôn.', dueOn: '2024-10-31' }
    await amendTask(system, { ...content, taskId: whole.id })
    expect((await eventsOf(system.db, whole.id))[0]).toMatchObject({ kind: 'amended', dueBefore: '2024-11-30' })
    const part = partOf(parts, 'TTVH-BX')
    expect(await now(part)).toMatchObject({ state: 'withdrawn' })
    await acceptTask(officerOf('UBND-BX'), { taskId: whole.id })
    const again = { taskId: whole.id, organisationIds: [body('TTVH-BX')] }
    expect(await cascadeTask(officerOf('UBND-BX'), again)).toBe(1)
    expect(await now(part)).toMatchObject({ state: 'set', dueOn: '2024-10-31', detail: 'Treo băng rôn tại mọi thôn.' })
    expect((await eventsOf(system.db, part.id)).map((event) => event.kind)).toEqual(['amended', 'withdrawn', 'set'])
  })
})

test('who acts on what somebody else has just changed is told so', async () => {
  const task = await aTask('UBND-BX')
  await returnTask(officerOf('UBND-BX'), { taskId: task.id, reason, revision: 1 })
  await reissueTask(officerOf('STTTT-LC'), { taskId: task.id, reason, revision: 2 })
  const stale = acceptTask(officerOf('UBND-BX'), { taskId: task.id, revision: 1 })
  await expect(stale).rejects.toMatchObject({ code: 'task.changed' })
  await acceptTask(officerOf('UBND-BX'), { taskId: task.id, revision: 3 })
})

test('of two who accept at once one is told that it is accepted', async () => {
  const task = await aTask('UBND-BX')
  const both = await Promise.allSettled([1, 2].map(() => acceptTask(officerOf('UBND-BX'), { taskId: task.id })))
  expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  expect((await eventsOf(system.db, task.id)).filter((event) => event.kind === 'accepted')).toHaveLength(1)
})

test('a file that is not kept shows nothing, and what is not there cannot be removed', async () => {
  const task = await aTask('UBND-BX')
  const officer = officerOf('UBND-BX')
  const file = { taskId: task.id, kind: 'file' as const, title: 'anh.jpg' }
  await expect(attachOutput(officer, { ...file, value: 'f'.repeat(64) })).rejects.toMatchObject({
    code: 'task.no_such_file',
  })
  await attachOutput(officer, { ...file, value: await system.files.put(new Uint8Array([1])) })
  const outputId = newId<'task_output'>()
  await expect(removeOutput(officer, { taskId: task.id, outputId })).rejects.toMatchObject({
    code: 'task.output_not_found',
  })
})

test('lists are narrowed, counted and shown by the first of each', async () => {
  const originId = newId<'plan_item'>()
  const given = { organisationId: body('UBND-SP'), assignedBy: body('STTTT-LC'), dueOn: '2024-05-01' }
  for (let n = 0; n < 4; n++) await buildTask(system, { ...given, channels: ['banner'], originId })
  const filter = { organisations: [body('UBND-SP')], channel: 'banner' }
  expect(await tasksOfOrigin(system.db, 'test', [originId])).toHaveLength(4)
  expect(await tasksWhere(system.db, { ...filter, overdueOn: '2024-05-02' }, null, 10)).toHaveLength(4)
  expect(await tasksWhere(system.db, { ...filter, overdueOn: '2024-05-01' }, null, 10)).toEqual([])
  expect(await countTasks(system.db, filter)).toEqual([{ organisationId: body('UBND-SP'), state: 'set', count: 4 }])
  const first = await firstTasksOfEach(system.db, filter, 'dueOn', 2)
  expect(first.map((task) => task.total)).toEqual([4, 4])
  expect(await tasksWhere(system.db, { channel: 'banner', concerning: [body('STTTT-LC')] }, null, 10)).toHaveLength(4)
  expect(await tasksWhere(system.db, { organisations: [] }, null, 10)).toEqual([])
})
