import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { openSmsSender, type SmsSender } from '../channels/sms/sms-sender.ts'
import { startSmscSimulator, type SmscSimulator } from '../channels/sms/simulators/smsc-simulator.ts'
import { upsertGateway, type Gateway } from '../core/gateway/index.ts'
import { newId, type Id } from '../core/kernel/index.ts'
import { outletsWhere, type Outlet } from '../core/outlet/index.ts'
import {
  pressRelease,
  proposeRelease,
  sendWith,
  unmatchedReceipts,
  workLedger,
  type Sending,
} from '../core/release/index.ts'
import { importSubscribers, previewSubscribers } from '../core/subscriber/index.ts'
import { stillClock } from '../testing/index.ts'
import { approvedNotice, openReleaseStage, outletRow, type ReleaseStage } from './release.build.ts'
import { takeBrought, tokenOf } from './text-gateways.ts'

const clock = stillClock('2026-11-24T02:00:00Z')
const PLACE = { place: 'LC-2025', organisation: 'UBND-LC-2025', channel: 'sms', means: 'machine' }
const NUMBERS = { 'TRUC-1': '+84900000404', 'TRUC-2': '+84900000502', 'TRUC-3': '+84900000202' }

let stage: ReleaseStage
let smsc: SmscSimulator
let sender: SmsSender
let gateway: Gateway
let list: Outlet

beforeAll(async () => {
  const phones = Object.entries(NUMBERS).map(([code, address]) => outletRow({ ...PLACE, code, address }))
  stage = await openReleaseStage(clock, [outletRow({ ...PLACE, code: 'DS-SMS', kind: 'subscribers' }), ...phones])
  smsc = await startSmscSimulator({ receiptMs: 1, lateMs: 100 })
  sender = openSmsSender()
  sendWith(sender)
  const found = await outletsWhere(stage.ctx.db, { channel: 'sms', day: '2026-11-24' }, null, 10)
  list = found.find(({ code }) => code === 'DS-SMS')!
  await subscribe(['0912345678', 'vi'], ['0912345679', 'en'])
  await setGateway({})
})
afterAll(async () => {
  await sender.close()
  await smsc.close()
  await stage.database.close()
})
afterEach(() => clock.set('2026-11-24T02:00:00Z'))

async function subscribe(...contacts: (readonly [string, string])[]): Promise<void> {
  const rows = contacts.map(([contact, language]) => {
    return { contact, language, consent_on: '2026-11-01', consent_note: 'Phiếu của xã' }
  })
  const { importId } = await previewSubscribers(stage.system, { outletId: list.id, rows })
  await importSubscribers(stage.system, { importId: importId!, outletId: list.id })
}

async function setGateway(settings: Record<string, string | number | boolean>): Promise<void> {
  gateway = {
    id: gateway?.id ?? newId<'gateway'>(),
    code: 'SMPP-1',
    name: 'Cổng thử',
    channel: 'sms',
    kind: 'smpp',
    organisationId: null,
    settings: { host: '127.0.0.1', port: smsc.port, systemId: 'loa', from: 'LAOCAI', answerSeconds: 1, ...settings },
    secretSealed: null,
    share: 100,
    shareNow: 100,
    ratePerSecond: 1_000,
    windowSize: 10,
    simulated: true,
    pausedAt: null,
    pausedReason: null,
  }
  await upsertGateway(stage.ctx.db, gateway)
}

const TEXTS = [
  { language: 'vi', accented: 'Hỏi xã trước khi đi.', unaccented: 'Hoi xa truoc khi di.' },
  { language: 'en', accented: 'Ask before you go.', unaccented: 'Ask before you go.' },
]

/** A row as the ledger hands it over. */
function row(change: Partial<Sending> = {}): Sending {
  return {
    deliveryId: newId<'delivery'>(),
    releaseId: newId<'release'>(),
    messageId: newId<'message'>(),
    ofReleaseId: null,
    kind: 'original',
    corrects: false,
    lane: 'ordinary',
    outlet: { ...list, kind: 'gateway', address: '+84912000111' },
    recipientId: null,
    gateway,
    attempt: 1,
    expiresAt: null,
    renditions: TEXTS.map(({ language, ...fields }) => {
      return { id: newId(), channel: 'sms', language, version: 1, fields, recording: null }
    }),
    ...change,
  }
}
const send = (...rows: Sending[]) => sender.send(stage.ctx, rows, new AbortController().signal)
const arrived = (to: string) => smsc.taken(to).map(({ text }) => text)

describe('a release by text message', () => {
  test('comes to an end in each row: arrived, refused, unknown; nothing is sent twice', async () => {
    const messageId = await approvedNotice(stage.writer, stage.leader, stage.bodyOf('SVHTTDL-LC-2025'), ['sms'])
    const startsAt = new Date('2026-11-24T00:00:00Z')
    const releaseId = await proposeRelease(stage.writer, { messageId, channels: ['sms'], startsAt, words: 'Nhắn' })
    await pressRelease(stage.leader, { releaseId })
    clock.set('2026-11-24T02:05:00Z')
    const ended = { delivered: 3, failed: 1, unknown: 1 }
    await vi.waitFor(
      async () => {
        await workLedger(stage.ctx)
        expect(await stage.counts(releaseId)).toEqual(ended)
      },
      { timeout: 15_000 },
    )
    expect(smsc.counts().doubled).toEqual({})
    expect(arrived('84900000502')).toHaveLength(1)
    expect(arrived('84912345678')).toHaveLength(1)
  })
})

describe('what is sent', () => {
  const to = async (words: string) => (await setGateway({ words }), row())

  test('is the text with or without diacritics, as the gateway is set', async () => {
    await send(await to('accented'))
    await send(await to('unaccented'))
    expect(arrived('84912000111')).toEqual(['Hỏi xã trước khi đi.', 'Hoi xa truoc khi di.'])
  })

  test('is in the language that was asked for, else in the first of the outlet, else in Vietnamese', async () => {
    const outlet = (address: string, ...languages: string[]) => ({
      ...list,
      kind: 'gateway' as const,
      address,
      languages,
    })
    await send(
      row({ outlet: outlet('+84912000121', 'hmn', 'en') }),
      row({ outlet: outlet('+84912000122', 'hmn') }),
      row({ outlet: outlet('+84912000123'), renditions: row().renditions.slice(1) }),
    )
    const all = ['84912000121', '84912000122', '84912000123'].map((number) => arrived(number)[0])
    expect(all).toEqual(['Ask before you go.', 'Hoi xa truoc khi di.', 'Ask before you go.'])
  })

  test('says that it corrects only to whoever has what is corrected', async () => {
    const outlet = { ...row().outlet, address: '+84912000131' }
    await send(row({ kind: 'correction', corrects: true, outlet }), row({ kind: 'correction', outlet }))
    expect(arrived('84912000131').toSorted()).toEqual(['Dinh chinh: Hoi xa truoc khi di.', 'Hoi xa truoc khi di.'])
  })

  test.each([
    ['a recall, which no phone obeys', { kind: 'recall' }, { kind: 'refused', reason: 'cannot_withdraw' }],
    ['words in no language', { renditions: [] }, { kind: 'refused', reason: 'nothing_to_say' }],
    ['a subscriber who has left', { recipientId: newId<'subscriber'>() }, { kind: 'refused', reason: 'no_contact' }],
    ['a channel without a gateway', { gateway: null }, { kind: 'postponed', reason: 'no_gateway' }],
  ] as const)('is not %s', async (_what, change, outcome) => {
    expect(await send(row(change))).toMatchObject([outcome])
  })

  test('waits for the morning, but an emergency does not', async () => {
    clock.set('2026-11-24T15:30:00Z')
    const outcomes = await send(row(), row({ lane: 'emergency' }))
    const morning = new Date('2026-11-25T00:00:00Z')
    expect(outcomes[0]).toEqual({ kind: 'postponed', until: morning, reason: 'quiet_hours' })
    expect(outcomes[1]).toMatchObject({ kind: 'accepted' })
  })
})

describe('a gateway', () => {
  test('that is set otherwise is opened anew', async () => {
    const other = await startSmscSimulator()
    try {
      await setGateway({ port: other.port, from: 'BANHO' })
      await send(row({ outlet: { ...row().outlet, address: '+84912000141' } }))
      expect(other.taken('84912000141')).toMatchObject([{ from: 'BANHO' }])
    } finally {
      await setGateway({})
      await sender.send(stage.ctx, [row()], new AbortController().signal)
      await other.close()
    }
  })

  test('hears a phone that wants no more, and nothing goes there again', async () => {
    const stop = await sender.listen(stage.ctx)
    smsc.phoneSays('84912345679', 'LAOCAI', 'HUY')
    await vi.waitFor(() => expect(arrived('84912345679').at(-1)).toBe('Da ngung gui tin den so nay.'), {
      timeout: 5_000,
    })
    stop()
    const { id: recipientId } = await stage.ctx.db
      .selectFrom('subscription')
      .innerJoin('subscriber', 'subscriber.id', 'subscription.subscriberId')
      .where('subscription.state', '=', 'ended')
      .select('subscriber.id')
      .executeTakeFirstOrThrow()
    const outcomes = await send(row({ recipientId: recipientId as Id<'subscriber'>, outlet: list }))
    expect(outcomes).toEqual([{ kind: 'refused', reason: 'no_contact' }])
  })
})

describe('what an HTTP gateway brings', () => {
  const brought = (body: string, token: string) => ({
    query: new URLSearchParams({ token }),
    headers: new Headers(),
    body: Buffer.from(body),
  })

  test('is kept when it has the token of its gateway', async () => {
    const http = { ...gateway, id: newId<'gateway'>(), code: 'HTTP-1', kind: 'http', secretSealed: 'bí mật' }
    await upsertGateway(stage.ctx.db, http)
    const token = (await tokenOf(stage.ctx, http))!
    const body = '[{"id":"h7","status":"delivered"},{"from":"0912345678","text":"STOP"}]'
    expect(await takeBrought(stage.ctx, 'HTTP-1', brought(body, 'guessed'))).toBe(401)
    expect(await unmatchedReceipts(stage.ctx.db, http.id, new Date(0))).toBe(0)
    expect(await takeBrought(stage.ctx, 'HTTP-1', brought(body, token))).toBe(204)
    expect(await unmatchedReceipts(stage.ctx.db, http.id, new Date(0))).toBe(1)
    const left = await stage.ctx.db.selectFrom('subscription').select('state').where('state', '=', 'active').execute()
    expect(left).toEqual([])
  })

  test('of no such gateway, or of one that speaks otherwise, is refused', async () => {
    expect(await takeBrought(stage.ctx, 'HTTP-9', brought('{}', ''))).toBe(404)
    expect(await takeBrought(stage.ctx, 'SMPP-1', brought('{}', ''))).toBe(404)
  })
})
