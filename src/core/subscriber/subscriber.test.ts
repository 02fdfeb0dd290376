import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person, testCtx } from '../../testing/index.ts'
import { newId } from '../kernel/index.ts'
import {
  eraseSubscriber,
  exportSubscriber,
  findSubscriber,
  forgetSubscribersJob,
  importSubscribers,
  leaveList,
  liftSuppression,
  listOf,
  previewSubscribers,
  subscriptionsOf,
  suppress,
  suppressSubscriber,
} from './index.ts'
import { memberLink } from './links.ts'
import { buildMembers, openListStage, type ListStage } from './subscriber.build.ts'

const DAY_MS = 24 * 3_600_000
let stage: ListStage
let { ctx, stranger, clock, bulletin, other, ask, subscribed, reached } = {} as ListStage // opened before the first test
beforeAll(async () => {
  stage = await openListStage()
  ;({ ctx, stranger, clock, bulletin, other, ask, subscribed, reached } = stage)
})
afterAll(() => stage.close())

describe('suppression', () => {
  test('ends all lists; a dead mailbox may ask again, a complaint stands until it is lifted by hand', async () => {
    const dead = await subscribed('chet@example.vn', [bulletin, other])
    expect(await suppressSubscriber(ctx, { subscriberId: dead, reason: 'bounce' })).toBe(true)
    expect(await suppressSubscriber(ctx, { subscriberId: dead, reason: 'bounce' })).toBe(false)
    expect([await reached(dead), await reached(dead, other)]).toEqual([null, null])
    await subscribed('chet@example.vn')
    expect(await reached(dead)).toBe('chet@example.vn')
    await suppressSubscriber(ctx, { subscriberId: dead, reason: 'complaint' })
    expect(await ask('chet@example.vn')).toEqual([])
    expect(await buildMembers(ctx, other, ['chet@example.vn'])).toBe(0)
    await liftSuppression(ctx, { subscriberId: dead })
    clock.set(new Date(clock.now().getTime() + DAY_MS).toISOString()) // three mails a day are all there are
    await subscribed('chet@example.vn')
    expect(await reached(dead)).toBe('chet@example.vn')
  })

  test('by hand holds for an address that nobody knew', async () => {
    await suppress(ctx, { contactKind: 'mail', contact: 'dung-gui@example.vn', reason: 'hand' })
    expect(await ask('Dung-Gui@example.vn')).toEqual([])
    await expect(suppress(ctx, { contactKind: 'mail', contact: '@', reason: 'hand' })).rejects.toMatchObject({
      code: 'subscriber.no_contact',
    })
  })
})

describe('lists that are put in', () => {
  test('are previewed, sealed while they wait, and put in once with who asked for consent', async () => {
    const rows = ['bich@example.vn', 'cuc@example.vn'].map((contact) => ({
      contact,
      language: '',
      consent_on: '2026-06-30',
      consent_note: 'Ký tại cuộc họp 30/6',
    }))
    const preview = await previewSubscribers(ctx, { outletId: other, rows })
    expect(preview).toMatchObject({ given: 2, unknown: 2, suppressed: 0, bad: [] })
    const waiting = await sql<{ text: string }>`select subscriber_import::text as text from subscriber_import`.execute(
      ctx.db,
    )
    expect(JSON.stringify(waiting.rows)).not.toContain('bich')
    const importId = preview.importId ?? ''
    await expect(importSubscribers(ctx, { importId, outletId: bulletin })).rejects.toMatchObject({ code: 'sheet.gone' })
    const again = await previewSubscribers(ctx, { outletId: other, rows })
    expect(await importSubscribers(ctx, { importId: again.importId ?? '', outletId: other })).toEqual({
      added: 2,
      given: 2,
    })
    const { id } = await findSubscriber(ctx, { contactKind: 'mail', contact: 'bich@example.vn' })
    expect(await subscriptionsOf(ctx.db, id)).toMatchObject([
      { state: 'active', source: 'import', consentOn: '2026-06-30', consentNote: 'Ký tại cuộc họp 30/6' },
    ])
  })

  test('with a bad cell are not kept at all', async () => {
    const rows = [{ contact: 'x', language: '', consent_on: '', consent_note: '' }]
    const preview = await previewSubscribers(ctx, { outletId: other, rows })
    expect([preview.importId, preview.bad.length]).toEqual([null, 3])
  })
})

describe('the data of one', () => {
  test('is handed out whole, and erased with nothing left but counts', async () => {
    const id = await subscribed('xoa@example.vn', [bulletin, other])
    expect(await exportSubscriber(ctx, { subscriberId: id })).toMatchObject({
      contact: 'xoa@example.vn',
      subscriptions: [{ list: 'Danh sách BAN-TIN' }, { list: 'Danh sách BAN-TIN-2' }],
    })
    const before = (await listOf(ctx, bulletin)).counts
    expect(await eraseSubscriber(ctx, { subscriberId: id })).toBe(2)
    const after = (await listOf(ctx, bulletin)).counts
    expect([after.active, after.ended]).toEqual([before.active - 1, before.ended + 1])
    await expect(eraseSubscriber(ctx, { subscriberId: id })).rejects.toMatchObject({ code: 'subscriber.is_erased' })
    const find = findSubscriber(ctx, { contactKind: 'mail', contact: 'xoa@example.vn' })
    await expect(find).rejects.toMatchObject({ code: 'subscriber.not_found' })
    const link = await memberLink(ctx, id, bulletin)
    await expect(leaveList(stranger, { link, all: true })).rejects.toMatchObject({ code: 'subscriber.link_wrong' })
    expect(await subscribed('xoa@example.vn')).not.toBe(id)
  })

  test('of one who complained leaves a keyed hash, so that they are left alone for good', async () => {
    const id = await subscribed('phien@example.vn')
    await suppressSubscriber(ctx, { subscriberId: id, reason: 'complaint' })
    await eraseSubscriber(ctx, { subscriberId: id })
    expect(await ask('phien@example.vn')).toEqual([])
    expect(await buildMembers(ctx, bulletin, ['phien@example.vn'])).toBe(0)
  })

  test('is seen by no field officer, and erased by no campaign officer', async () => {
    const who = (role: 'field_officer' | 'campaign_officer') =>
      testCtx(ctx.db, {
        clock,
        actor: person(newId<'person'>(), [{ role, organisationId: newId<'organisation'>(), delegationId: null }]),
      })
    const find = { contactKind: 'mail' as const, contact: 'lan@example.vn' }
    await expect(findSubscriber(who('field_officer'), find)).rejects.toMatchObject({ code: 'access.role' })
    const erase = eraseSubscriber(who('campaign_officer'), { subscriberId: newId<'subscriber'>() })
    await expect(erase).rejects.toMatchObject({ code: 'access.role' })
  })

  test('is forgotten by itself: what was never confirmed after a week, who left after a month', async () => {
    await ask('quen@example.vn')
    const left = await subscribed('roi@example.vn')
    const stays = await subscribed('con@example.vn')
    await leaveList(stranger, { link: await memberLink(ctx, left, bulletin), all: true })
    const counts = (await listOf(ctx, bulletin)).counts
    const now = clock.now()
    clock.set(new Date(now.getTime() + 31 * DAY_MS).toISOString())
    await forgetSubscribersJob.run(ctx, {})
    for (const contact of ['quen@example.vn', 'roi@example.vn']) {
      const find = findSubscriber(ctx, { contactKind: 'mail', contact })
      await expect(find).rejects.toMatchObject({ code: 'subscriber.not_found' })
    }
    expect(await reached(stays)).toBe('con@example.vn')
    expect((await listOf(ctx, bulletin)).counts).toEqual({ ...counts, asked: 0 })
    clock.set(now.toISOString())
  })
})

test('counts kept with each change are those of the rows', async () => {
  const { rows } = await sql<{ off: number }>`
    with counted as (select outlet_id, state, count(*) as n from subscription group by 1, 2)
    select count(*)::int as off from counted full join subscription_count as kept using (outlet_id, state)
    where coalesce(counted.n, 0) <> coalesce(kept.n, 0)`.execute(ctx.db)
  expect(rows[0]?.off).toBe(0)
})

test('the record holds no contact point', async () => {
  const { rows } = await sql<{
    text: string
  }>`select (to_jsonb(audit_entry) - 'hash' - 'previous_hash' - 'subject_id')::text as text from audit_entry`.execute(
    ctx.db,
  )
  expect(rows.length).toBeGreaterThan(10)
  expect(rows.map(({ text }) => text).join('\n')).not.toMatch(/@example|\+84|0912/)
})
