import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { organisationHierarchy, organisationIdsByCode } from '../core/organisation/index.ts'
import { asSystem, type Ctx, type Id } from '../core/kernel/index.ts'
import {
  campaignOfPlan,
  confirmPlan,
  correctItem,
  dropItem,
  importPlan,
  itemsOf,
  linesOf,
  markRestRight,
  periodsOf,
  planById,
  readPlanFile,
  themesOf,
  type DocumentReader,
} from '../core/plan/index.ts'
import { acceptTask, eventsOf, tasksWhere } from '../core/task/index.ts'
import { verifyAudit } from '../core/audit/index.ts'
import { openTestDatabase, testCtx, type TestDatabase } from '../testing/index.ts'

let database: TestDatabase
let ctx: Ctx
let department: Id<'organisation'>
let text: string

/** Text files as they are: what reading files does is tested beside it. */
const plainText: DocumentReader = {
  async read(bytes) {
    const words = new TextDecoder().decode(bytes)
    return {
      format: 'txt',
      text: words,
      encoding: 'utf-8',
      scanned: false,
      pages: [{ number: 1, image: null, words: [], span: [0, words.length] }],
      signatures: [],
    }
  },
}

beforeAll(async () => {
  database = await openTestDatabase('province')
  ctx = testCtx(database.db, { hierarchy: organisationHierarchy })
  department = (await organisationIdsByCode(ctx.db, ['STTTT-LC'])).get('STTTT-LC')!
  text = await readFile(new URL('../../examples/plans/mua-ban-nguoi-2024.txt', import.meta.url), 'utf8')
})
afterAll(() => database.close())

async function take(words: string, amends: Id<'plan'> | null = null): Promise<Id<'plan'>> {
  const fileSha256 = await ctx.files.put(new TextEncoder().encode(words))
  const { planId } = await importPlan(ctx, { organisationId: department, fileName: 'plan.txt', fileSha256, amends })
  await readPlanFile(asSystem(ctx, 'plan.read'), plainText, planId)
  return planId
}

async function tasksOf(planId: Id<'plan'>) {
  const campaign = await campaignOfPlan(ctx.db, planId)
  return tasksWhere(ctx.db, { campaignId: campaign?.id ?? 'none' }, null, 500)
}

describe('a signed plan', () => {
  let planId: Id<'plan'>

  test('is read once, whatever how often it is imported and its job runs', async () => {
    planId = await take(text)
    const items = await itemsOf(ctx.db, planId)
    expect(await take(text)).toBe(planId)
    await readPlanFile(asSystem(ctx, 'plan.read'), plainText, planId)
    expect(await itemsOf(ctx.db, planId)).toHaveLength(items.length)
    expect(await planById(ctx.db, planId)).toMatchObject({
      state: 'read',
      notation: '15/KH-STTTT',
      issuedOn: '2024-03-06',
    })
  })

  test('cannot be confirmed before somebody has looked at every item', async () => {
    await expect(confirmPlan(ctx, { planId })).rejects.toMatchObject({ code: 'plan.items_open' })
  })

  test('keeps what was read apart from what a person changed', async () => {
    const slogan = (await itemsOf(ctx.db, planId)).find((item) => item.kind === 'slogan')
    expect(slogan).toBeDefined()
    await correctItem(ctx, { planId, itemId: slogan!.id, value: { text: 'Tỉnh táo trước lời mời việc nhẹ' } })
    const corrected = (await itemsOf(ctx.db, planId)).find((item) => item.id === slogan!.id)
    expect(corrected).toMatchObject({
      state: 'corrected',
      machine: { text: 'Tỉnh táo trước việc nhẹ, lương cao' },
      value: { text: 'Tỉnh táo trước lời mời việc nhẹ' },
    })
  })

  test('keeps the words of a day and the name of a group that a correction leaves as they are', async () => {
    const duties = (await itemsOf(ctx.db, planId)).filter((item) => item.kind === 'duty')
    const duty = duties.find(({ value }) => value.assignees.some(({ group }) => group) && value.deadline !== null)
    expect(duty).toBeDefined()
    const { value, id: itemId } = duty!
    const bodies = value.assignees.flatMap(({ organisations }) => organisations)
    const typed = {
      assignees: bodies.map((code) => ({ name: code, group: false, organisations: [code] })),
      deadline: { text: '', from: null, to: value.deadline?.to ?? null },
      mode: 'ordered',
    }
    await correctItem(ctx, { planId, itemId, value: typed })
    const corrected = (await itemsOf(ctx.db, planId)).find((item) => item.id === itemId)
    expect(corrected?.value).toEqual({ ...value, mode: 'ordered' })
  })

  test('becomes a campaign with one task for each duty and organisation', async () => {
    await markRestRight(ctx, { planId })
    const { campaignId, tasksSet } = await confirmPlan(ctx, { planId })
    const tasks = await tasksOf(planId)
    expect(tasks).toHaveLength(tasksSet)
    const codes = await organisationIdsByCode(ctx.db, ['CAT-LC', 'BAO-LC', 'UBND-BX'])
    for (const id of codes.values())
      expect(tasks.filter((task) => task.organisationId === id).length).toBeGreaterThan(0)
    const districts = tasks.filter((task) => task.dueOn === '2024-11-30')
    expect(districts).toHaveLength(9)
    const periods = await periodsOf(ctx.db, campaignId)
    expect(periods).toContainEqual({ kind: 'peak', dayFrom: '2024-07-01', dayTo: '2024-09-30', rhythm: null })
    expect(await themesOf(ctx.db, campaignId)).not.toHaveLength(0)
    const lines = await linesOf(ctx.db, campaignId)
    expect(lines.find((line) => line.kind === 'hotline')?.value).toMatchObject({ number: '111' })
    expect(lines.find((line) => line.kind === 'slogan')?.value).toMatchObject({
      text: 'Tỉnh táo trước lời mời việc nhẹ',
    })
  })

  test('amended, issues again only what changed and withdraws what is gone', async () => {
    const before = await tasksOf(planId)
    const police = before.find((task) => task.dueOn === '2024-06-01')!
    await acceptTask(ctx, { taskId: police.id })
    const amendedText = text
      .replace('15/KH-STTTT', '29/KH-STTTT')
      .replace('trước ngày 30/11/2024', 'trước ngày 10/12/2024')
      .replace(
        '- Mở chuyên mục, đăng ít nhất 02 tin, bài/tháng trong đợt cao điểm.',
        '- Làm phóng sự về mô hình nhà tạm lánh.',
      )
    const amended = await take(amendedText, planId)
    await markRestRight(ctx, { planId: amended })
    const result = await confirmPlan(ctx, { planId: amended })
    expect(result).toMatchObject({ tasksSet: 1, tasksChanged: 9, tasksWithdrawn: 1 })

    const after = await tasksOf(amended)
    expect(after.find((task) => task.id === police.id)).toMatchObject({ state: 'accepted', revision: 2 })
    expect(after.filter((task) => task.dueOn === '2024-12-10')).toHaveLength(9)
    const again = after.find((task) => task.dueOn === '2024-12-10')!
    expect((await eventsOf(ctx.db, again.id)).map((event) => event.kind)).toEqual(['amended', 'set'])
    expect(await planById(ctx.db, planId)).toMatchObject({ state: 'superseded' })
  })

  test('of another organisation is nobody else’s to decide on', async () => {
    const other = await take(`${text}\nBản thứ hai`)
    const item = (await itemsOf(ctx.db, other))[0]!
    const stranger = { ...ctx, actor: { kind: 'nobody' as const } }
    await expect(dropItem(stranger, { planId: other, itemId: item.id })).rejects.toMatchObject({
      code: 'access.sign_in',
    })
  })

  test('leaves a record that is whole', async () => {
    expect(await verifyAudit(ctx.db)).toMatchObject({ whole: true })
  })
})
