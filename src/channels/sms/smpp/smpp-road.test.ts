import { afterEach, describe, expect, test, vi } from 'vitest'
import { newId } from '../../../core/kernel/index.ts'
import type { Receipt } from '../../../core/release/index.ts'
import type { Road, SmsText } from '../road.ts'
import { startSmscSimulator, type SmscOptions, type SmscSimulator } from '../simulators/smsc-simulator.ts'
import { settingsOf, type SettingValue } from '../../../core/gateway/index.ts'
import { SMPP_FIELDS } from './settings.ts'
import { openSmppRoad } from './smpp-road.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

interface Stage {
  readonly smsc: SmscSimulator
  readonly road: Road
  readonly receipts: Receipt[]
  readonly ended: string[]
  /** What noting receipts does before it keeps them. */
  onNote: () => Promise<void>
}

async function stage(settings: Record<string, SettingValue> = {}, options: SmscOptions = {}): Promise<Stage> {
  const smsc = await startSmscSimulator({ receiptMs: 1, lateMs: 50, ...options })
  open.push(smsc)
  const made: Omit<Stage, 'road'> = { smsc, receipts: [], ended: [], onNote: async () => {} }
  const road = openRoad(smsc.port, settings, {
    now: () => new Date(),
    async noteReceipts(receipts) {
      await made.onNote()
      made.receipts.push(...receipts)
    },
    async endFor(phone) {
      made.ended.push(phone)
      return made.ended.filter((one) => one === phone).length === 1
    },
  })
  return Object.assign(made, { road })
}

function openRoad(
  port: number,
  settings: Record<string, SettingValue>,
  surroundings: Parameters<typeof openSmppRoad>[1],
) {
  const given = { host: '127.0.0.1', port, systemId: 'loa', from: 'LAOCAI', answerSeconds: 1, ...settings }
  const road = openSmppRoad(
    {
      id: newId<'gateway'>(),
      settings: settingsOf(SMPP_FIELDS, given),
      password: 'secret',
      windowSize: 10,
      ratePerSecond: 10_000,
    },
    surroundings,
  )
  open.push(road)
  return road
}

const text = (to: string, words = 'Goi 111'): SmsText => ({
  deliveryId: newId<'delivery'>(),
  to,
  text: words,
  expiresAt: new Date(Date.now() + 3_600_000),
})
const never = () => new AbortController().signal
const LONG = 'Cảnh giác “việc nhẹ, lương cao”: hỏi công an xã trước khi đi. '.repeat(4).trim()

describe('a text', () => {
  test('goes in as many parts as it has, each with the reference that its receipt will name', async () => {
    const { road, smsc, receipts } = await stage()
    const [outcome] = await road.send([text('84912345678', LONG)], never())
    const taken = smsc.taken('84912345678')
    expect(taken.map(({ part, parts, from }) => [part, parts, from])).toEqual([1, 2, 3, 4].map((n) => [n, 4, 'LAOCAI']))
    expect(taken.map((part) => part.text).join('')).toBe(LONG)
    await vi.waitFor(() => expect(receipts).toHaveLength(4))
    expect(outcome).toEqual({ kind: 'accepted', refs: receipts.map(({ ref }) => ref) })
    expect(receipts[0]).toMatchObject({ state: 'delivered', detail: 'DELIVRD err:000' })
  })

  test.each([
    ['84900000404', { kind: 'refused', reason: 'ESME_RINVDSTADR' }],
    ['84900000429', { kind: 'postponed', reason: 'ESME_RTHROTTLED' }],
    ['84900000503', { kind: 'postponed', reason: 'ESME_RMSGQFUL' }],
    ['84900000000', { kind: 'unknown', reason: 'no_answer' }],
    ['84900000502', { kind: 'unknown', reason: 'connection_lost' }],
  ])('to %s comes to %o', async (to, expected) => {
    const { road } = await stage()
    expect(await road.send([text(to)], never())).toMatchObject([expected])
  })

  test('to a centre that is not there is put off, since it surely did not leave', async () => {
    const road = openRoad(1, {}, { now: () => new Date(), noteReceipts: async () => {}, endFor: async () => false })
    expect(await road.send([text('84912345678')], never())).toMatchObject([
      { kind: 'postponed', reason: 'not_connected' },
    ])
  })

  test('is put off while the centre does not know our password', async () => {
    const { road } = await stage({}, { password: 'another' })
    expect(await road.send([text('84912345678')], never())).toMatchObject([{ reason: 'not_connected' }])
  })

  test('that was under way when the line was cut is unknown; the next goes by a new line', async () => {
    const { road, smsc } = await stage({ answerSeconds: 20 })
    await road.send([text('84912345678')], never())
    const sending = road.send([text('84900000000')], never())
    await vi.waitFor(() => expect(smsc.counts().taken).toBe(1))
    setTimeout(() => smsc.cut(), 50)
    expect(await sending).toMatchObject([{ kind: 'unknown' }])
    await vi.waitFor(
      async () => expect(await road.send([text('84912345679')], never())).toMatchObject([{ kind: 'accepted' }]),
      { timeout: 5_000 },
    )
  })

  test('whose claim lapses is put off where it had not begun, and unknown where it had', async () => {
    const { road } = await stage({ answerSeconds: 20 })
    const lapse = new AbortController()
    const sending = road.send(
      [...Array(12)].map(() => text('84900000000')),
      lapse.signal,
    )
    setTimeout(() => lapse.abort(), 100)
    const outcomes = await sending
    expect(outcomes.filter(({ kind }) => kind === 'unknown')).toHaveLength(10)
    expect(outcomes.filter(({ kind }) => kind === 'postponed')).toHaveLength(2)
  })
})

describe('a receipt', () => {
  test.each([
    ['84900000410', ['failed']],
    ['84900000202', ['delivered']],
    ['84900000208', ['delivered', 'delivered', 'delivered']],
    ['84900000425', ['delivered']],
  ])('for %s: %o', async (to, states) => {
    const { road, receipts } = await stage()
    const [outcome] = await road.send([text(to)], never())
    await vi.waitFor(() => expect(receipts.map(({ state }) => state)).toEqual(states))
    expect(outcome).toMatchObject({ kind: 'accepted', refs: [receipts[0]?.ref] })
  })

  test('that could not be kept is brought again, and then kept', async () => {
    const there = await stage()
    let failures = 1
    there.onNote = async () => {
      if (failures-- > 0) throw new Error('the database is away')
    }
    await there.road.send([text('84912345678')], never())
    await vi.waitFor(() => expect(there.receipts).toHaveLength(1), { timeout: 5_000 })
    await vi.waitFor(() => expect(there.smsc.counts()).toMatchObject({ brought: 1, waiting: 0 }))
  })

  test('in another base than the answer names the same reference', async () => {
    const { road, receipts } = await stage({ receiptIds: 'decimal' }, { hexadecimal: true })
    const [outcome] = await road.send([text('84912345678')], never())
    await vi.waitFor(() => expect(receipts).toHaveLength(1))
    expect(outcome).toEqual({ kind: 'accepted', refs: [receipts[0]?.ref] })
  })
})

describe('asked about a row', () => {
  const asking = (refs: readonly string[], deliveryId = newId<'delivery'>()) => ({
    deliveryId,
    releaseId: newId<'release'>(),
    gateway: null,
    outlet: null as never, // no part of the question
    ref: null,
    refs,
  })

  test.each([
    ['84900000204', 'delivered'],
    ['84900000410', 'failed'],
  ])('the centre says of %s: %s', async (to, kind) => {
    for (const hexadecimal of [false, true]) {
      const { road } = await stage({ receiptIds: hexadecimal ? 'decimal' : 'same' }, { hexadecimal })
      const [outcome] = await road.send([text(to)], never())
      const refs = outcome?.kind === 'accepted' ? (outcome.refs ?? []) : []
      expect(await road.ask(asking(refs))).toMatchObject({ kind })
    }
  })

  test('of an id it does not know nothing is known', async () => {
    const { road } = await stage()
    expect(await road.ask(asking(['4711']))).toEqual({ kind: 'unknown' })
    expect(await road.ask(asking([]))).toEqual({ kind: 'unknown' })
  })

  test('an answer that came late still tells what became of it', async () => {
    const { road } = await stage({}, { receiptMs: 150 })
    const late = text('84900000425')
    expect(await road.send([late], never())).toMatchObject([{ kind: 'unknown', reason: 'no_answer' }])
    await vi.waitFor(async () => expect(await road.ask(asking([], late.deliveryId))).toEqual({ kind: 'delivered' }))
  })
})

describe('a phone', () => {
  test('that writes HỦY gets no more, and is told so once', async () => {
    const { smsc, ended } = await stage()
    smsc.phoneSays('84987654321', 'LAOCAI', 'Hủy')
    smsc.phoneSays('84987654321', 'LAOCAI', 'stop')
    smsc.phoneSays('84987654322', 'LAOCAI', 'Cảm ơn anh chị đã nhắn')
    await vi.waitFor(() => expect(smsc.counts()).toMatchObject({ brought: 3, waiting: 0 }))
    expect(ended).toEqual(['84987654321', '84987654321'])
    await vi.waitFor(() => expect(smsc.taken('84987654321')).toMatchObject([{ text: 'Da ngung gui tin den so nay.' }]))
    expect(smsc.taken('84987654322')).toEqual([])
  })
})
