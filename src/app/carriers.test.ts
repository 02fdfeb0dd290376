import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  carrierRequestById,
  carrierRequestOf,
  carriersOf,
  dropCarrierRequest,
  figuresOf,
  fileCarrierReceipt,
  noteCommitteeSigned,
  numberRequest,
  prepareCarrierRequest,
  sendingsOf,
  sendToCarriers,
  sendToCommittee,
  whyNotPrepare,
} from '../core/carrier/index.ts'
import { documentById, documentFile, layOut, makePapersWith, paperOf, takePaper } from '../core/document/index.ts'
import type { Id } from '../core/kernel/index.ts'
import { deliveryById, pressRelease, proposeRelease, recallRelease, workLedger } from '../core/release/index.ts'
import { outputsOf, reopenTask } from '../core/task/index.ts'
import { drawDocx } from '../platform/papers/draw-docx.ts'
import { drawPdf, drawSvg } from '../platform/papers/draw-pdf.ts'
import { wordsOfPdf } from '../platform/papers/pdf-words.build.ts'
import { stillClock } from '../testing/index.ts'
import { approvedNotice, openReleaseStage, outletRow, type ReleaseStage } from './release.build.ts'
import { ledgerFacts, told } from './told.build.ts'

const clock = stillClock('2026-07-01T01:00:00Z')
const CARRIER = {
  kind: 'carrier',
  channel: 'sms',
  means: 'manual',
  place: 'LC-2025',
  organisation: 'SVHTTDL-LC-2025',
} as const
const TERMS = {
  area: 'trên địa bàn tỉnh Lào Cai',
  hourFrom: '08:00',
  hourTo: '20:00',
  fromDay: '2026-07-16',
  toDay: '2026-07-30',
  senderName: 'LAO CAI',
  reason: 'Thời gian qua, nhiều người bị lừa đi làm xa.',
  position: 'Phó Giám đốc',
  signer: 'Nguyễn Thị Hoa',
  forHead: 'Giám đốc',
  unit: 'TTCS',
}
const JULY = { from: '2026-07-01', to: '2026-07-31', mapDay: '2026-07-18' }
const PDF = new TextEncoder().encode('%PDF-1.7 signed')
let stage: ReleaseStage
let releaseId: Id<'release'>

beforeAll(async () => {
  makePapersWith({ pdf: async (paper) => drawPdf(paper), docx: drawDocx, svg: async (paper) => drawSvg(paper) })
  stage = await openReleaseStage(clock, [
    outletRow({ ...CARRIER, code: 'NM-1', name: 'Nhà mạng Một' }),
    outletRow({ ...CARRIER, code: 'NM-2', name: 'Nhà mạng Hai' }),
    outletRow({ ...CARRIER, code: 'NV-1', kind: 'office', name: 'Danh sách nội bộ' }),
  ])
  releaseId = await release()
})
afterAll(() => stage.database.close())

async function release(): Promise<Id<'release'>> {
  const messageId = await approvedNotice(stage.writer, stage.leader, stage.bodyOf('SVHTTDL-LC-2025'), ['sms'])
  const wish = {
    messageId,
    channels: ['sms' as const],
    startsAt: new Date('2026-07-15T17:00:00Z'),
    words: 'Gửi tin nhắn',
  }
  const id = await proposeRelease(stage.writer, wish)
  expect((await whyNotPrepare(stage.ctx, id))?.code).toBe('carrier.not_released')
  await pressRelease(stage.leader, { releaseId: id })
  return id
}
const paper = (name: string) => takePaper(stage.ctx, PDF, name)
const request = async () => (await carrierRequestOf(stage.ctx.db, releaseId))!

describe('carriers are asked', () => {
  test('by a dossier of a release: the request and the draft of the letter, with both texts and their parts', async () => {
    expect((await carriersOf(stage.ctx, releaseId)).map(({ outlet }) => outlet.name)).toEqual([
      'Nhà mạng Một',
      'Nhà mạng Hai',
    ])
    await expect(prepareCarrierRequest(stage.commune, { ...TERMS, releaseId })).rejects.toMatchObject({
      code: 'access.role',
    })
    await expect(
      prepareCarrierRequest(stage.writer, { ...TERMS, releaseId, toDay: '2026-07-01' }),
    ).rejects.toMatchObject({ code: 'carrier.days' })
    await prepareCarrierRequest(stage.writer, { ...TERMS, releaseId })
    await expect(prepareCarrierRequest(stage.writer, { ...TERMS, releaseId })).rejects.toMatchObject({
      code: 'carrier.is_prepared',
    })
    const { requestId, letterId, committeeId } = await request()
    const [asked, letter] = [
      (await documentById(stage.ctx.db, requestId))!,
      (await documentById(stage.ctx.db, letterId))!,
    ]
    expect([asked.type, letter.type, letter.organisationId]).toEqual(['request', 'letter', committeeId])
    const set = layOut(await paperOf(stage.ctx, letter))
    expect(set).toMatchObject({
      superior: [],
      issuer: ['ỦY BAN NHÂN DÂN', 'TỈNH LÀO CAI'],
      addressees: ['- Nhà mạng Một;', '- Nhà mạng Hai.'],
      signature: { lines: ['TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH'], name: '' },
    })
    const words = (await wordsOfPdf(await documentFile(stage.ctx, asked, 'pdf'))).map(({ text }) => text).join(' ')
    for (const part of [
      'TỜ TRÌNH',
      'Kính gửi: Ủy ban nhân dân tỉnh Lào Cai',
      'Phụ lục',
      'Hoi xa truoc khi di',
      'LAO CAI',
    ]) {
      expect(words).toContain(part)
    }
  })

  test('step by step: numbered, sent to the committee, signed, sent to each carrier, each with its reason why not yet', async () => {
    const { id: carrierRequestId, requestId, letterId } = await request()
    const one = { carrierRequestId }
    const file = await paper('cong-van.pdf')
    const signed = { ...one, number: '812/UBND-VX', issuedOn: '2026-07-02', signer: 'Nguyễn Văn Bình', file }
    const [first] = await sendingsOf(stage.ctx.db, carrierRequestId)
    await expect(sendToCommittee(stage.writer, one)).rejects.toMatchObject({ code: 'carrier.request_not_issued' })
    expect(await numberRequest(stage.writer, one)).toBe(1)
    const letter = (await documentById(stage.ctx.db, letterId))!
    expect(JSON.stringify(letter.content.body)).toContain('tại Tờ trình số 01/TTr-SVHTTDL ngày 01 tháng 7 năm 2026')
    await expect(noteCommitteeSigned(stage.writer, signed)).rejects.toMatchObject({ code: 'carrier.is_drafted' })
    await sendToCommittee(stage.writer, { ...one, file: await paper('to-trinh.pdf') })
    expect(await documentById(stage.ctx.db, requestId)).toMatchObject({ state: 'signed', number: 1 })
    const sending = { ...one, deliveryIds: [first!.deliveryId], sentOn: '2026-07-03' }
    await expect(sendToCarriers(stage.writer, sending)).rejects.toMatchObject({ code: 'carrier.is_sent' })
    clock.set('2026-07-03T01:00:00Z')
    await noteCommitteeSigned(stage.writer, signed)
    await expect(sendToCarriers(stage.writer, { ...sending, sentOn: '2026-07-01' })).rejects.toMatchObject({
      code: 'carrier.sent_before_signed',
    })
    await sendToCarriers(stage.writer, sending)
    await expect(sendToCarriers(stage.writer, sending)).rejects.toMatchObject({ code: 'carrier.sent_already' })
    await expect(dropCarrierRequest(stage.writer, { ...one, reason: 'Thôi' })).rejects.toMatchObject({
      code: 'carrier.is_signed',
    })
  })

  test('and each carrier’s paper closes its row of the ledger, with figures that are counted', async () => {
    const { id: carrierRequestId } = await request()
    const [first, second] = await sendingsOf(stage.ctx.db, carrierRequestId)
    const file = await paper('bao-cao.pdf')
    const receipt = {
      carrierRequestId,
      deliveryId: first!.deliveryId,
      subscribers: 412_350,
      messages: 1_237_050,
      fromDay: '2026-07-16',
      toDay: '2026-07-17',
      file,
    }
    await expect(fileCarrierReceipt(stage.writer, receipt)).rejects.toMatchObject({ code: 'carrier.not_due' })
    clock.set('2026-07-18T01:00:00Z')
    while ((await workLedger(stage.ctx)) > 0);
    await expect(
      fileCarrierReceipt(stage.writer, { ...receipt, deliveryId: second!.deliveryId }),
    ).rejects.toMatchObject({ code: 'carrier.not_sent_yet' })
    await expect(fileCarrierReceipt(stage.writer, { ...receipt, messages: 10 })).rejects.toMatchObject({
      code: 'carrier.fewer_messages',
    })
    expect(await stage.counts(releaseId)).toEqual({ accepted: 3 })
    await fileCarrierReceipt(stage.writer, receipt)
    expect(await stage.counts(releaseId)).toEqual({ accepted: 2, delivered: 1 })
    const row = await deliveryById(stage.ctx.db, releaseId, first!.deliveryId)
    expect(await outputsOf(stage.ctx.db, row!.taskId!)).toMatchObject([{ kind: 'file', value: file.sha256 }])
    await expect(fileCarrierReceipt(stage.writer, receipt)).rejects.toMatchObject({ code: 'carrier.has_receipt' })
    const counted = {
      releaseId,
      body: 'SVHTTDL-LC-2025',
      place: 'LC-2025',
      channel: 'sms',
      language: 'vi',
      grade: 'documented',
      day: '2026-07-17',
      since: clock.now(),
    }
    expect(await ledgerFacts(stage.ctx.db, 'carrier')).toMatchObject([
      { ...counted, indicator: 'phone_subscribers', value: 412_350 },
      { ...counted, indicator: 'text_messages', value: 1_237_050 },
    ])
    expect(await told(stage.ctx, JULY)).toEqual({
      phone_subscribers: '412350 documented',
      text_messages: '1237050 documented',
    })
  })

  test('a wrong paper is filed again once its task is open again, and only the last counts', async () => {
    const { id: carrierRequestId } = await request()
    const sendings = await sendingsOf(stage.ctx.db, carrierRequestId)
    const { deliveryId } = sendings.find(({ receipt }) => receipt !== null)!
    const row = await deliveryById(stage.ctx.db, releaseId, deliveryId)
    const before = clock.now()
    clock.set('2026-07-18T01:30:00Z')
    await reopenTask(stage.writer, { taskId: row!.taskId!, reason: 'Sai số' })
    await fileCarrierReceipt(stage.writer, {
      carrierRequestId,
      deliveryId,
      subscribers: 400_000,
      messages: 1_200_000,
      fromDay: '2026-07-16',
      toDay: '2026-07-16',
      file: await paper('bao-cao-2.pdf'),
    })
    expect(figuresOf(await sendingsOf(stage.ctx.db, carrierRequestId))).toEqual({
      subscribers: 400_000,
      messages: 1_200_000,
      receipts: 1,
    })
    const facts = await ledgerFacts(stage.ctx.db, 'carrier')
    expect(facts.map(({ indicator, value, day }) => [indicator, value, day])).toEqual([
      ['phone_subscribers', 412_350, '2026-07-17'],
      ['text_messages', 1_237_050, '2026-07-17'],
      ['phone_subscribers', -412_350, '2026-07-17'],
      ['text_messages', -1_237_050, '2026-07-17'],
      ['phone_subscribers', 400_000, '2026-07-16'],
      ['text_messages', 1_200_000, '2026-07-16'],
    ])
    expect(await told(stage.ctx, JULY)).toEqual({
      phone_subscribers: '400000 documented',
      text_messages: '1200000 documented',
    })
    expect(await told(stage.ctx, { ...JULY, asOf: before })).toEqual({
      phone_subscribers: '412350 documented',
      text_messages: '1237050 documented',
    })
  })

  test('what a release sent stays counted when it is recalled, and its recall asks no carrier and counts nothing', async () => {
    const was = await told(stage.ctx, JULY)
    const recall = { releaseId, reason: 'Sai số', words: 'Gỡ xuống' }
    await recallRelease(stage.leader, recall)
    while ((await workLedger(stage.ctx)) > 0);
    expect(await told(stage.ctx, JULY)).toEqual(was)
  })

  test('a dossier laid aside makes room for another, and a number that was taken is kept', async () => {
    clock.set('2026-07-18T02:00:00Z')
    releaseId = await release()
    const first = await prepareCarrierRequest(stage.writer, { ...TERMS, releaseId })
    expect(await numberRequest(stage.writer, { carrierRequestId: first })).toBe(2)
    await dropCarrierRequest(stage.writer, { carrierRequestId: first, reason: 'Đổi nội dung' })
    const dropped = (await carrierRequestById(stage.ctx.db, first))!
    expect(await documentById(stage.ctx.db, dropped.requestId)).toMatchObject({ state: 'issued', number: 2 })
    expect(await documentById(stage.ctx.db, dropped.letterId)).toMatchObject({ state: 'dropped' })
    const second = await prepareCarrierRequest(stage.writer, { ...TERMS, releaseId })
    expect(second).not.toBe(first)
  })
})
