import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadReference } from '../../app/reference.ts'
import { openSecretBox } from '../../platform/secrets/secret-box.ts'
import { openTestDatabase, person, stillClock, testCtx, type TestCtx, type TestDatabase } from '../../testing/index.ts'
import { newId, type Id } from '../kernel/index.ts'
import {
  askedBy,
  askSubscription,
  chooseLanguage,
  confirmSubscription,
  contactsFor,
  endSubscriptions,
  eraseSubscriber,
  exportSubscriber,
  findSubscriber,
  forgetSubscribersJob,
  importSubscribers,
  leaveList,
  liftSuppression,
  listOf,
  membersOf,
  membershipBy,
  previewSubscribers,
  sendConfirmationJob,
  sendConfirmationsWith,
  subscriptionsOf,
  suppress,
  suppressSubscriber,
  type Confirmation,
} from './index.ts'
import { memberLink } from './links.ts'
import { buildList, buildMembers } from './subscriber.build.ts'

const DAY_MS = 24 * 3_600_000
let database: TestDatabase
let folder: string
let ctx: TestCtx
let stranger: TestCtx
let bulletin: Id<'outlet'>
let other: Id<'outlet'>
const clock = stillClock('2026-07-01T01:00:00Z')
const mails: Confirmation[] = []

beforeAll(async () => {
  database = await openTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'loa-subscriber-'))
  const secrets = openSecretBox(join(folder, 'secret.key'))
  ctx = testCtx(database.db, { clock, secrets })
  stranger = testCtx(database.db, { clock, secrets, actor: { kind: 'nobody' } })
  await loadReference(ctx)
  bulletin = await buildList(ctx, { code: 'BAN-TIN' })
  other = await buildList(ctx, { code: 'BAN-TIN-2' })
  sendConfirmationsWith(async (_ctx, mail) => void mails.push(mail))
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

let from = 0
/** Asks from an address of its own, works the jobs that came of it, and answers the mails that were sent. */
async function ask(contact: string, outletIds = [bulletin], address = `192.0.2.${++from}`): Promise<Confirmation[]> {
  stranger.enqueued.length = 0
  mails.length = 0
  await askSubscription(stranger, { contact, outletIds, language: 'vi', consents: true, address })
  for (const { name, payload } of stranger.enqueued) {
    expect(name).toBe(sendConfirmationJob.name)
    await sendConfirmationJob.run(ctx, payload as Parameters<typeof sendConfirmationJob.run>[1])
  }
  clock.set(new Date(clock.now().getTime() + 1_000).toISOString())
  return [...mails]
}

async function subscribed(contact: string, outletIds = [bulletin]): Promise<Id<'subscriber'>> {
  const [mail] = await ask(contact, outletIds)
  return (await confirmSubscription(stranger, { link: mail?.confirmLink ?? '' })).id
}

const reached = async (recipientId: Id<'subscriber'>, outletId = bulletin) =>
  (await contactsFor(ctx, [{ recipientId, outletId }])).get(recipientId)?.contact ?? null

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
    const stop = (contact: string) => endSubscriptions(ctx, { contactKind: 'phone', contact, reason: 'stop_word' })
    expect([
      (await stop('0987654321')).ended,
      (await stop('+84912345678')).ended,
      (await stop('84912345678')).ended,
    ]).toEqual([0, 1, 0])
    expect(await reached(id, texts)).toBeNull()
  })

  test('wishes for a language are kept with the subscriber', async () => {
    const id = await subscribed('an@example.vn')
    await chooseLanguage(stranger, { link: await memberLink(ctx, id, bulletin), language: 'en' })
    expect((await contactsFor(ctx, [{ recipientId: id, outletId: bulletin }])).get(id)?.language).toBe('en')
  })
})

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
      testCtx(database.db, {
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
  const { rows } = await sql<{ text: string }>`select audit_entry::text as text from audit_entry`.execute(ctx.db)
  expect(rows.length).toBeGreaterThan(20)
  expect(rows.map(({ text }) => text).join('\n')).not.toMatch(/@example|\+84|0912/)
})
