import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { pressSender } from '../channels/press/press-sender.ts'
import type { Ctx, Id } from '../core/kernel/index.ts'
import {
  itemsOfDelivery,
  openWire,
  putOnWire,
  shutWire,
  wireOf,
  wireOfToken,
  wireToken,
  type ItemFilter,
} from '../core/press/index.ts'
import { deliveriesOf, recallRelease, redriveDelivery, sendWith } from '../core/release/index.ts'
import { stillClock } from '../testing/index.ts'
import { readWire, readWireAsRss, type WireAnswer } from './press-wire.ts'
import { newsroom, openFollowStage, type FollowStage } from './press.build.ts'
import { readWording } from './wording/read-wording.ts'

const clock = stillClock('2026-11-24T02:00:00Z')
const w = readWording('vi')
const addresses = {
  wire: 'https://loa.example.vn/bao-chi/t',
  picture: (id: string) => `https://loa.example.vn/bao-chi/t/anh/${id}.jpg`,
  answer: (token: string) => `https://loa.example.vn/bao-chi/tra-loi/${token}`,
}
let stage: FollowStage
let ctx: Ctx
let room: Id<'outlet'>
let shut: Id<'outlet'>

beforeAll(async () => {
  sendWith(pressSender)
  stage = await openFollowStage(clock, [newsroom({ code: 'BAO-1' }), newsroom({ code: 'BAO-2' })], ['press'])
  ctx = stage.ctx
  room = stage.idOf('BAO-1')
  shut = stage.idOf('BAO-2')
  await openWire(stage.system, { outletId: room })
})
afterAll(() => stage.database.close())
beforeEach(() => clock.set('2026-11-24T02:00:00Z'))

async function read(after: number, filter: ItemFilter = {}, limit = 50): Promise<WireAnswer> {
  return readWire(ctx, { wire: (await wireOf(ctx.db, room))!, filter, limit, addresses, w }, after)
}
const last = async () => (await wireOf(ctx.db, room))!.lastSequence
const statusesAfter = async (after: number) =>
  (await read(after)).items.map(({ sequence, item }) => [sequence - after, item.profile, item.pubstatus, item.version])

describe('a release to newsrooms', () => {
  test('stands on the wire that is open; a wire without an address takes nothing and says so', async () => {
    const after = await last()
    const releaseId = await stage.release(await stage.approved())
    expect(await stage.counts(releaseId)).toEqual({ delivered: 1, failed: 1 })
    expect(await statusesAfter(after)).toEqual([[1, 'news', 'usable', '1']])
    expect((await read(after)).items[0]?.item).toMatchObject({
      headlines: [{ value: 'Cảnh giác' }],
      bodies: [{ value: 'Hỏi xã trước khi đi.\n\nHãy gọi 111.' }, {}],
      by: expect.stringContaining('Sở'),
    })
    const [, refused] = await deliveriesOf(ctx.db, releaseId, { state: null, channel: null, by: 'outlet' }, null, 9)
    expect(refused).toMatchObject({ outletId: shut, state: 'failed', reason: 'press_wire_shut' })

    await openWire(stage.system, { outletId: shut })
    await redriveDelivery(stage.writer, { releaseId, deliveryId: refused!.id, reason: 'Đã cấp địa chỉ' })
    await stage.work()
    expect(await stage.counts(releaseId)).toEqual({ delivered: 2 })
    await shutWire(stage.system, { outletId: shut })
  })

  test('corrected: the newer version takes the number behind, the older says that it is not to be used', async () => {
    const after = await last()
    const messageId = await stage.approved()
    const releaseId = await stage.release(messageId)
    await stage.rewrite(messageId, 'Hỏi công an xã trước khi đi.')
    await stage.follow(releaseId, messageId)
    expect(await statusesAfter(after)).toEqual([
      [1, 'news', 'withheld', '1'],
      [2, 'correction', 'usable', '2'],
    ])
    const [old, correction] = (await read(after)).items
    expect(old?.item).not.toHaveProperty('bodies')
    expect(correction?.item.uri).toBe(old?.item.uri)
    expect(correction?.item.ednote).toMatch(/^ĐÍNH CHÍNH/)
    expect(correction?.item.bodies?.[0]?.value).toContain('công an xã')
  })

  test('replaced by another message: the old item is killed, the new one says what it is', async () => {
    const after = await last()
    const releaseId = await stage.release(await stage.approved())
    await stage.follow(releaseId, await approvedOther())
    expect(await statusesAfter(after)).toEqual([
      [1, 'news', 'canceled', '1'],
      [2, 'replacement', 'usable', '1'],
      [3, 'kill', 'canceled', '2'],
    ])
  })

  test('recalled: a mandatory kill stands, and no version carries its words any more', async () => {
    const after = await last()
    const releaseId = await stage.release(await stage.approved())
    await recallRelease(stage.leader, { releaseId, reason: 'Sai', words: 'Gỡ xuống' })
    await stage.work()
    expect(await statusesAfter(after)).toEqual([
      [1, 'news', 'canceled', '1'],
      [2, 'kill', 'canceled', '2'],
    ])
    const killed = JSON.stringify((await read(after)).items)
    expect(killed).toContain('RÚT TIN BẮT BUỘC')
    expect(killed).not.toContain('Hỏi xã trước khi đi')
    const asked = { wire: (await wireOf(ctx.db, room))!, filter: {}, limit: 50, addresses, w, name: 'Báo', self: 'x:y' }
    expect(await readWireAsRss(ctx, asked, after)).toContain('[RÚT TIN] Cảnh giác')
  })

  test('sent twice stands once; a worker that comes too late puts nothing up behind a kill', async () => {
    const after = await last()
    const releaseId = await stage.release(await stage.approved())
    const [item] = await itemsOfDelivery(ctx.db, await deliveryAtRoom(releaseId))
    const { messageId, language, title, lead, body, contact } = item!
    const given = {
      ...item!,
      ...{ kind: 'original' as const, ofReleaseId: null, corrects: false, mailed: false },
      words: [{ language, title, lead, body, contact }],
    }
    expect(await putOnWire(ctx, given)).toBe(0)
    await recallRelease(stage.leader, { releaseId, reason: 'Sai', words: 'Gỡ xuống' })
    await stage.work()
    const late = { ...given, deliveryId: messageId as string as Id<'delivery'> }
    expect(await putOnWire(ctx, late)).toBe(0)
    expect(await statusesAfter(after)).toEqual([
      [1, 'news', 'canceled', '1'],
      [2, 'kill', 'canceled', '2'],
    ])
  })
})

describe('numbers', () => {
  test('go up by one without a gap, however many write at once and whichever of them fail', async () => {
    const after = await last()
    const releaseId = await stage.release(await stage.approved())
    const [item] = await itemsOfDelivery(ctx.db, await deliveryAtRoom(releaseId))
    const writes = Array.from({ length: 40 }, (_, at) =>
      putOnWire(ctx, {
        ...item!,
        ...{ kind: 'original' as const, ofReleaseId: null, corrects: false, mailed: false },
        deliveryId: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}` as Id<'delivery'>,
        // Every fifth breaks on the way, behind the lock and before the end.
        lane: (at % 5 === 0 ? 'nothing' : 'ordinary') as 'ordinary',
        words: [{ ...item!, language: at % 2 ? 'vi' : 'en' }],
      }).catch(() => null),
    )
    expect((await Promise.all(writes)).filter((one) => one === null)).toHaveLength(8)
    const numbers = (await read(after, {}, 200)).items.map(({ sequence }) => sequence)
    expect(numbers).toEqual(Array.from({ length: 33 }, (_, at) => after + 1 + at))
  })

  test('a newsroom that asks on after the last one misses nothing and sees nothing twice, in pages of any size', async () => {
    const all = (await read(0, {}, 500)).items.map(({ sequence }) => sequence)
    for (const limit of [1, 3, 7, all.length]) {
      const seen: number[] = []
      let after = 0
      for (let more = true; more;) {
        const page = await read(after, {}, limit)
        seen.push(...page.items.map(({ sequence }) => sequence))
        ;({ last: after, more } = page)
      }
      expect([seen, after]).toEqual([all, await last()])
    }
  })

  test('a filter passes over what does not fit and still comes to the end', async () => {
    const english = await read(0, { language: 'en' }, 500)
    expect(english.items.length).toBeGreaterThan(5)
    expect(new Set(english.items.map(({ item }) => item.language))).toEqual(new Set(['en']))
    expect(english.last).toBe(await last())
    expect((await read(0, { theme: 'không có' })).items).toEqual([])
    const place = stage.idOf('BAO-1') as string as Id<'place'>
    expect((await read(0, { place }, 500)).items).toHaveLength((await read(0, {}, 500)).items.length)
  })

  test('how far a newsroom has come is known, and goes neither back nor beyond the end', async () => {
    await stage.release(await stage.approved())
    const end = await last()
    const known = async () => (await wireOf(ctx.db, room))!.fetchedTo
    const before = await known()
    expect(before).toBeLessThan(end)
    const steps = []
    for (const asked of [3, end - 1, end + 1_000, 3]) {
      await read(asked)
      steps.push(await known())
    }
    expect(steps).toEqual([before, end - 1, end, end])
    expect((await wireOf(ctx.db, room))?.polledAt).toEqual(clock.now())
  })
})

describe('the address of a wire', () => {
  test('opens it and no other; a new one shuts the old, and a shut wire has none', async () => {
    const token = (await wireToken(ctx, room))!
    expect(await wireOfToken(ctx, token)).toMatchObject({ outletId: room })
    const renewed = await openWire(stage.system, { outletId: room })
    expect([await wireOfToken(ctx, token), (await wireOfToken(ctx, renewed))?.outletId]).toEqual([null, room])
    for (const wrong of ['', 'x', `${renewed.slice(0, -1)}_`, renewed.toUpperCase(), "' or 1=1 --", '%00']) {
      expect(await wireOfToken(ctx, wrong)).toBeNull()
    }
    expect(await wireToken(ctx, shut)).toBeNull()
  })

  test('is not in the database', async () => {
    const token = (await wireToken(ctx, room))!
    const row = await ctx.db.selectFrom('pressWire').selectAll().where('outletId', '=', room).executeTakeFirstOrThrow()
    expect(JSON.stringify(row)).not.toContain(token)
  })

  test('is given by those who answer for the newsroom, and to newsrooms alone', async () => {
    await expect(openWire(stage.commune, { outletId: room })).rejects.toMatchObject({ code: 'access.role' })
    await expect(shutWire(stage.system, { outletId: shut })).rejects.toMatchObject({ code: 'press.wire_shut' })
  })
})

async function approvedOther(): Promise<Id<'message'>> {
  const messageId = await stage.approved()
  await stage.rewrite(messageId, 'Một tin khác.')
  return messageId
}

async function deliveryAtRoom(releaseId: Id<'release'>): Promise<Id<'delivery'>> {
  const rows = await deliveriesOf(ctx.db, releaseId, { state: null, channel: null, by: 'outlet' }, null, 9)
  return rows.find(({ outletId }) => outletId === room)!.id
}
