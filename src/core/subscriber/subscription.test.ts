import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId, type Id } from '../kernel/index.ts'
import {
  askedBy,
  askSubscription,
  chooseLanguage,
  confirmSubscription,
  contactsFor,
  endByStopWord,
  leaveList,
  membersOf,
  membershipBy,
} from './index.ts'
import { sql } from 'kysely'
import { memberLink } from './links.ts'
import { buildList, buildMembers, openListStage, type ListStage } from './subscriber.build.ts'

const DAY_MS = 24 * 3_600_000
let stage: ListStage
let { ctx, stranger, clock, bulletin, other, ask, subscribed, reached } = {} as ListStage // opened before the first test
beforeAll(async () => {
  stage = await openListStage()
  ;({ ctx, stranger, clock, bulletin, other, ask, subscribed, reached } = stage)
})
afterAll(() => stage.close())

describe('subscribing', () => {
  test('asks by mail, and is active only when its one link was followed; twice is once', async () => {
    const [mail] = await ask('Hoa@Example.vn', [bulletin, other])
    expect(mail).toMatchObject({ contact: 'Hoa@example.vn', lists: ['Danh sách BAN-TIN', 'Danh sách BAN-TIN-2'] })
    const link = mail?.confirmLink ?? ''
    const { subscriberId } = await askedBy(stranger, link)
    expect(await reached(subscriberId)).toBeNull()
    const confirmed = await confirmSubscription(stranger, { link })
    expect([confirmed.lists, await reached(subscriberId)]).toEqual([2, 'Hoa@example.vn'])
    expect(await confirmSubscription(stranger, { link })).toMatchObject({ lists: 0, memberLink: confirmed.memberLink })
    const kept = await sql<{ row: string }>`select subscriber::text || coalesce(subscription::text, '') as row
      from subscriber left join subscription on subscriber_id = subscriber.id`.execute(ctx.db)
    expect(JSON.stringify(kept.rows)).not.toMatch(/hoa@|example/i)
    expect(JSON.stringify(kept.rows)).toContain('subscribe_consent_1')
  })

  test('asks of whoever is a member already nothing, and sends them the link to their wishes', async () => {
    await subscribed('lan@example.vn')
    const [mail] = await ask('LAN@example.vn')
    expect(mail).toMatchObject({ contact: 'lan@example.vn', lists: [] })
    expect(await membershipBy(stranger, mail?.memberLink ?? '')).toMatchObject({ outletId: bulletin })
  })

  test.each([
    [{ contact: 'khong-phai-dia-chi' }, 'subscriber.no_contact'],
    [{ outletIds: [] }, 'subscriber.no_list'],
    [{ outletIds: [newId<'outlet'>()] }, 'subscriber.no_list'],
    [{ consents: false }, 'subscriber.no_consent'],
  ])('with %j is refused', async (change, code) => {
    const wish = { contact: 'x@example.vn', outletIds: [bulletin], language: null, consents: true, address: '::1' }
    await expect(askSubscription(stranger, { ...wish, ...change })).rejects.toMatchObject({ code })
  })

  test('can fill nobody’s mailbox: three mails a day, and the answer stays the same', async () => {
    const sent = []
    for (let tried = 0; tried < 5; tried += 1) sent.push((await ask('dong@example.vn')).length)
    expect(sent).toEqual([1, 1, 1, 0, 0])
  })

  test('from one address of the net is told to wait after thirty in an hour', async () => {
    for (let at = 0; at < 30; at += 1) await ask(`nhieu.${at}@example.vn`, [bulletin], '198.51.100.7')
    await expect(ask('nhieu.30@example.vn', [bulletin], '198.51.100.7')).rejects.toMatchObject({
      code: 'subscriber.too_many',
    })
  })

  test('by a link that is old, was overtaken or is not ours confirms nothing', async () => {
    const [first] = await ask('cham@example.vn')
    const [second] = await ask('cham@example.vn')
    const link = second?.confirmLink ?? ''
    const confirm = (given: string) => confirmSubscription(stranger, { link: given })
    await expect(confirm(first?.confirmLink ?? '')).rejects.toMatchObject({ code: 'subscriber.link_old' })
    for (const wrong of [link.slice(0, -1), `${link.slice(0, -1)}A`, `A${link.slice(1)}`, '', 'x'.repeat(54)]) {
      if (wrong !== link) await expect(confirm(wrong)).rejects.toMatchObject({ code: 'subscriber.link_wrong' })
    }
    const now = clock.now()
    clock.set(new Date(now.getTime() + 8 * DAY_MS).toISOString())
    await expect(confirm(link)).rejects.toMatchObject({ code: 'subscriber.link_old' })
    clock.set(now.toISOString())
    expect((await confirm(link)).lists).toBe(1)
  })
})

describe('leaving', () => {
  test('takes one tap, for one list or for all, and is final for a list that is put in later', async () => {
    const id = await subscribed('mai@example.vn', [bulletin, other])
    const link = await memberLink(ctx, id, bulletin)
    await leaveList(stranger, { link, all: false })
    await leaveList(stranger, { link, all: false })
    expect([await reached(id), await reached(id, other)]).toEqual([null, 'mai@example.vn'])
    await leaveList(stranger, { link, all: true })
    expect(await reached(id, other)).toBeNull()
    expect(await buildMembers(ctx, bulletin, ['mai@example.vn', 'moi@example.vn'])).toBe(1)
    expect(await reached(id)).toBeNull()
    await subscribed('mai@example.vn')
    expect(await reached(id)).toBe('mai@example.vn')
  })

  test('by STOP ends all lists of a phone number, however it is written', async () => {
    const texts = await buildList(ctx, { code: 'TIN-NHAN', channel: 'sms' })
    await buildMembers(ctx, texts, ['0912 345 678'])
    const [member] = await membersOf(ctx.db, texts, 'active', null, 10)
    const id = member?.subscriberId as Id<'subscriber'>
    expect(await reached(id, texts)).toBe('+84912345678')
    const stop = (contact: string) => endByStopWord(ctx, { contactKind: 'phone', contact })
    expect([
      (await stop('0987654321')).ended,
      (await stop('+84912345678')).ended,
      (await stop('84912345678')).ended,
    ]).toEqual([0, 1, 0])
    expect(await reached(id, texts)).toBeNull()
    const later = await buildList(ctx, { code: 'TIN-NHAN-2', channel: 'sms' })
    await buildMembers(ctx, later, ['0912 345 678', '0987 654 321', '0911 222 333'])
    expect(await membersOf(ctx.db, later, 'active', null, 10)).toHaveLength(1)
  })

  test('wishes for a language are kept with the subscriber', async () => {
    const id = await subscribed('an@example.vn')
    await chooseLanguage(stranger, { link: await memberLink(ctx, id, bulletin), language: 'en' })
    expect((await contactsFor(ctx, [{ recipientId: id, outletId: bulletin }])).get(id)?.language).toBe('en')
  })
})
