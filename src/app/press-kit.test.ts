import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { MailOut, PressLetter } from '../channels/press/press-kit.ts'
import { pressSender } from '../channels/press/press-sender.ts'
import type { Ctx, Id } from '../core/kernel/index.ts'
import { addMedia, noteMade } from '../core/media/index.ts'
import {
  kitOf,
  mailKitAgain,
  mailKitJob,
  mailKitsWith,
  openWire,
  shutWire,
  type KitOutcome,
} from '../core/press/index.ts'
import { deliveriesOf, recallRelease, sendWith } from '../core/release/index.ts'
import { stillClock, type TestCtx } from '../testing/index.ts'
import { pressKitMailer } from './press-kit.ts'
import { newsroom, openFollowStage, type FollowStage } from './press.build.ts'
import { readWording } from './wording/read-wording.ts'

const clock = stillClock('2026-11-24T02:00:00Z')
let stage: FollowStage
let ctx: Ctx
/** What a mail server at the other end got, and what it says. */
let letters: PressLetter[]
let says: KitOutcome | 'throws'
const out: MailOut = {
  mostAttachedBytes: 6,
  async send(_ctx, letter) {
    if (says === 'throws') throw new Error('the worker died')
    letters.push(letter)
    return says
  },
}

beforeAll(async () => {
  sendWith(pressSender)
  mailKitsWith(pressKitMailer(out, { origin: 'https://loa.example.vn', w: readWording('vi') }))
  stage = await openFollowStage(clock, [newsroom({ code: 'BAO-1', address: 'bao@example.vn' })], ['press'])
  ctx = stage.ctx
  await openWire(stage.system, { outletId: stage.idOf('BAO-1') })
})
afterAll(() => stage.database.close())
beforeEach(() => {
  letters = []
  says = { kind: 'sent' }
})

async function released(body?: string): Promise<{ releaseId: Id<'release'>; deliveryId: Id<'delivery'> }> {
  const messageId = await stage.approved()
  if (body) await stage.rewrite(messageId, body)
  const releaseId = await stage.release(messageId)
  const [row] = await deliveriesOf(ctx.db, releaseId, { state: null, channel: null, by: 'outlet' }, null, 1)
  return { releaseId, deliveryId: row!.id }
}
const mail = (deliveryId: Id<'delivery'>) => mailKitJob.run(ctx, { deliveryId })
const state = async (deliveryId: Id<'delivery'>) => (await kitOf(ctx.db, deliveryId))?.state

describe('a press kit by mail', () => {
  test('is enqueued with the item, leaves once, and its end is its own', async () => {
    const { deliveryId } = await released()
    const enqueued = (ctx as TestCtx).enqueued.filter(({ name }) => name === 'press.mail_kit')
    expect(enqueued.at(-1)?.payload).toEqual({ deliveryId })
    expect(await state(deliveryId)).toBe('waiting')
    await mail(deliveryId)
    await mail(deliveryId)
    expect([await state(deliveryId), letters.length]).toEqual(['sent', 1])
    expect(letters[0]).toMatchObject({ to: 'bao@example.vn', subject: 'Cảnh giác' })
    expect(letters[0]?.text).toContain('Hỏi xã trước khi đi.')
    expect(letters[0]?.text).toMatch(/https:\/\/loa\.example\.vn\/bao-chi\/tra-loi\/[\w-]{22}\.[\w-]{22}$/)
    await expect(mailKitAgain(stage.writer, { deliveryId })).rejects.toMatchObject({ code: 'press.kit_not_ended' })
  })

  test('carries pictures with their rights, as many as the mail carries', async () => {
    const pictures = [await aPicture(4), await aPicture(5)].map((id) => `![Chợ phiên](media:${id})`)
    const { deliveryId } = await released(`Hỏi xã.\n\n${pictures.join('\n\n')}`)
    await mail(deliveryId)
    expect(letters[0]?.attachments.map(({ mime, bytes }) => [mime, bytes.length])).toEqual([['image/jpeg', 4]])
    expect(letters[0]?.text).toContain('Ảnh: Báo tỉnh. Ghi nguồn')
    expect(letters[0]?.text).toMatch(/Tải ảnh: https:\/\/loa\.example\.vn\/bao-chi\/[\w-]{43}\/anh\/[0-9a-f-]{36}\.jpg/)
  })

  test('put off is tried again; refused waits for a person, who may have it mailed again', async () => {
    const { deliveryId } = await released()
    says = { kind: 'postponed', reason: 'greylisted' }
    await expect(mail(deliveryId)).rejects.toThrow(/greylisted/)
    expect(await state(deliveryId)).toBe('waiting')
    await expect(mailKitAgain(stage.writer, { deliveryId })).rejects.toMatchObject({ code: 'press.kit_not_ended' })
    says = { kind: 'refused', reason: '550 no such user' }
    await mail(deliveryId)
    expect(await kitOf(ctx.db, deliveryId)).toMatchObject({ state: 'refused', reason: '550 no such user' })
    says = { kind: 'sent' }
    await mailKitAgain(stage.writer, { deliveryId })
    await mail(deliveryId)
    expect([await state(deliveryId), letters.length]).toEqual(['sent', 3])
  })

  test('whose worker died on the way may have left: it is never mailed again by itself', async () => {
    const { deliveryId } = await released()
    says = 'throws'
    await expect(mail(deliveryId)).rejects.toThrow('the worker died')
    says = { kind: 'sent' }
    await expect(mail(deliveryId)).rejects.toThrow(/is being mailed/)
    clock.set(new Date(clock.now().getTime() + 11 * 60_000).toISOString())
    await mail(deliveryId)
    expect([await state(deliveryId), letters.length]).toEqual(['unknown', 0])
  })

  test('of a recall is a kill; with a wire that was shut meanwhile nothing leaves', async () => {
    const { releaseId, deliveryId } = await released()
    await mail(deliveryId)
    const recallId = await recalled(releaseId)
    await mail(recallId)
    expect(letters.map(({ subject }) => subject)).toEqual(['Cảnh giác', 'RÚT TIN: Cảnh giác'])
    const other = await released()
    await shutWire(stage.system, { outletId: stage.idOf('BAO-1') })
    await mail(other.deliveryId)
    expect(await kitOf(ctx.db, other.deliveryId)).toMatchObject({ state: 'refused', reason: 'wire_shut' })
    await openWire(stage.system, { outletId: stage.idOf('BAO-1') })
  })
})

async function recalled(releaseId: Id<'release'>): Promise<Id<'delivery'>> {
  const before = await kits()
  await recallRelease(stage.leader, { releaseId, reason: 'Sai', words: 'Gỡ' })
  await stage.work()
  return (await kits()).find((id) => !before.includes(id))!
}

async function kits(): Promise<Id<'delivery'>[]> {
  const rows = await ctx.db.selectFrom('pressKit').select('deliveryId').execute()
  return rows.map(({ deliveryId }) => deliveryId as Id<'delivery'>)
}

async function aPicture(length: number): Promise<Id<'media'>> {
  const bytes = new Uint8Array(length).fill(0xff)
  const sha256 = await ctx.files.put(bytes)
  const { mediaId } = await addMedia(stage.system, {
    organisationId: stage.bodyOf('SVHTTDL-LC-2025'),
    title: 'Chợ phiên',
    alternative: 'Người đi chợ',
    rightsOwner: 'Báo tỉnh',
    rightsTerms: 'Ghi nguồn',
    fileName: 'cho.jpg',
    file: { sha256, kind: 'picture', mime: 'image/jpeg', bytes: bytes.length },
  })
  const size = { name: 'large' as const, sha256, mime: 'image/jpeg', width: 12, height: 8 }
  const made = { width: 12, height: 8, likeness: null, takenOn: null, sizes: [size], faces: null, location: null }
  await noteMade(stage.system, { mediaId, made })
  return mediaId
}
