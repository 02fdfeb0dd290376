import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { drawTokens, shiftsOf, upsertGateway, type Gateway } from '../core/gateway/index.ts'
import { newId, type Id } from '../core/kernel/index.ts'
import {
  deliveriesOf,
  eventsOfDelivery,
  noteReceipts,
  sendWith,
  unmatchedReceipts,
  workLedger,
  type Answer,
  type Outcome,
  type Receipt,
  type Sending,
} from '../core/release/index.ts'
import { stillClock } from '../testing/index.ts'
import { machines, openReleaseStage, type ReleaseStage } from './release.build.ts'

const OUTLETS = 40
const START = '2026-11-24T02:00:00Z'

let stage: ReleaseStage
const clock = stillClock(START)
let sent: Sending[]
let answer: (row: Sending) => Outcome
let said: Answer

beforeAll(async () => {
  stage = await openReleaseStage(clock, machines(OUTLETS))
  sendWith({
    channel: 'portal',
    repeatable: false,
    withdraws: false,
    batch: OUTLETS,
    send: async (_ctx, rows) => {
      sent.push(...rows)
      return rows.map((row) => answer(row))
    },
    ask: async (_ctx, rows) => rows.map(() => said),
  })
})
afterAll(() => stage.database.close())
beforeEach(async () => {
  clock.set(START)
  sent = []
  said = { kind: 'unknown' }
  answer = ({ deliveryId }) => ({ kind: 'accepted', ref: `ref-${deliveryId}` })
  await stage.ctx.db.updateTable('gateway').set({ pausedAt: clock.now() }).execute()
})

async function road(code: string, more: Partial<Gateway> = {}): Promise<Gateway> {
  const gateway: Gateway = {
    id: newId<'gateway'>(),
    code: `${code}-${Math.random()}`,
    name: code,
    channel: 'portal',
    kind: 'test',
    organisationId: null,
    settings: {},
    secretSealed: null,
    share: 100,
    shareNow: 100,
    ratePerSecond: 1_000,
    windowSize: 10,
    simulated: true,
    pausedAt: null,
    pausedReason: null,
    ...more,
  }
  await upsertGateway(stage.ctx.db, gateway)
  return gateway
}

async function releaseAfterUndo(): Promise<Id<'release'>> {
  const releaseId = await stage.released({ channels: ['portal'], startsAt: new Date(START), words: 'Gửi' })
  later(61)
  return releaseId
}
const later = (seconds: number) => clock.set(new Date(clock.now().getTime() + seconds * 1_000).toISOString())
async function work(): Promise<void> {
  while ((await workLedger(stage.ctx)) > 0);
}
const receiptOf = ({ id }: Gateway, ref: string, state: Receipt['state'] = 'delivered'): Receipt => ({
  gatewayId: id,
  ref,
  state,
  at: clock.now(),
  detail: state === 'failed' ? 'err:012' : '',
})

describe('a receipt', () => {
  test('closes its row once, however often, early or late it comes; of nothing we know it waits and is counted', async () => {
    const gateway = await road('A')
    // The machine is quicker than we are: it speaks of a row before its reference is written.
    answer = ({ deliveryId }) => ({ kind: 'accepted', ref: `ref-${deliveryId}` })
    const releaseId = await releaseAfterUndo()
    const rows = await deliveriesOf(stage.ctx.db, releaseId, { state: null, channel: null, by: 'outlet' }, null, 99)
    const early = rows.slice(0, 10).map(({ id }) => receiptOf(gateway, `ref-${id}`))
    await noteReceipts(stage.ctx, early)
    await work()
    expect(await stage.counts(releaseId)).toEqual({ delivered: 10, accepted: 30 })
    const rest = rows.slice(10).map(({ id }) => receiptOf(gateway, `ref-${id}`))
    await noteReceipts(stage.ctx, [...rest, ...rest, receiptOf(gateway, 'nobody')])
    // What is accepted already is closed with the receipt itself, by no round of its own.
    expect(await stage.counts(releaseId)).toEqual({ delivered: 40 })
    await noteReceipts(stage.ctx, [...rest].reverse())
    await work()
    expect(await stage.counts(releaseId)).toEqual({ delivered: 40 })
    expect(await unmatchedReceipts(stage.ctx.db, gateway.id, new Date(0))).toBe(1)
    expect((await eventsOfDelivery(stage.ctx.db, rows[0]!.id)).map(({ kind }) => kind).sort()).toEqual([
      'accepted',
      'receipt_delivered',
    ])
  })

  test('that it arrived is believed after one that it did not; not the other way round', async () => {
    const gateway = await road('A')
    const releaseId = await releaseAfterUndo()
    await work()
    const [one, other] = sent
    await noteReceipts(stage.ctx, [receiptOf(gateway, `ref-${one!.deliveryId}`, 'failed')])
    await noteReceipts(stage.ctx, [receiptOf(gateway, `ref-${other!.deliveryId}`)])
    await work()
    expect(await stage.counts(releaseId)).toEqual({ failed: 1, delivered: 1, accepted: 38 })
    await noteReceipts(stage.ctx, [receiptOf(gateway, `ref-${one!.deliveryId}`)])
    await noteReceipts(stage.ctx, [receiptOf(gateway, `ref-${other!.deliveryId}`, 'failed')])
    await work()
    expect(await stage.counts(releaseId)).toEqual({ delivered: 2, accepted: 38 })
  })

  test('that it arrived by one road is believed whatever the other road says in the same breath', async () => {
    const [one, other] = [await road('A'), await road('B')]
    const releaseId = await releaseAfterUndo()
    await work()
    const both = sent.slice(0, 20).map(({ deliveryId }) => deliveryId)
    const part = { releaseId, part: 0, state: 'accepted' as const }
    const again = both.flatMap((deliveryId) =>
      [one, other].map(({ id: gatewayId }) => ({ ...part, gatewayId, ref: `again-${deliveryId}`, deliveryId })),
    )
    await stage.ctx.db.insertInto('deliveryPart').values(again).execute()
    const said = both.flatMap((id) => [
      receiptOf(one, `again-${id}`, 'failed'),
      receiptOf(other, `again-${id}`, 'delivered'),
    ])
    await noteReceipts(stage.ctx, said)
    expect(await stage.counts(releaseId)).toEqual({ delivered: 20, accepted: 20 })
  })

  test('of each part is needed before a row of several parts has arrived; one lost part loses it', async () => {
    const gateway = await road('A')
    answer = ({ deliveryId }) => ({ kind: 'accepted', refs: [`${deliveryId}/1`, `${deliveryId}/2`, `${deliveryId}/3`] })
    const releaseId = await releaseAfterUndo()
    await work()
    const [whole, lost, half] = sent.map(({ deliveryId }) => deliveryId)
    await noteReceipts(
      stage.ctx,
      [1, 2, 3].map((part) => receiptOf(gateway, `${whole}/${part}`)),
    )
    await noteReceipts(stage.ctx, [receiptOf(gateway, `${lost}/1`), receiptOf(gateway, `${lost}/2`, 'failed')])
    await noteReceipts(stage.ctx, [receiptOf(gateway, `${half}/2`)])
    await work()
    expect(await stage.counts(releaseId)).toEqual({ delivered: 1, accepted: 39 })
    await noteReceipts(stage.ctx, [receiptOf(gateway, `${lost}/3`)])
    await work()
    expect(await stage.counts(releaseId)).toEqual({ delivered: 1, failed: 1, accepted: 38 })
  })

  test('that never comes makes a row unknown; its provider is asked, and a person only when it does not know either', async () => {
    await road('A')
    const releaseId = await releaseAfterUndo()
    await work()
    later(49 * 3_600)
    await work()
    expect(await stage.counts(releaseId)).toEqual({ unknown: 40 })
    later(31)
    await work()
    expect(await stage.counts(releaseId)).toEqual({ unknown: 40 })
    said = { kind: 'delivered' }
    later(121)
    await work()
    expect(await stage.counts(releaseId)).toEqual({ delivered: 40 })
    expect(sent.length).toBe(OUTLETS)
  })
})

describe('a row nobody knows of', () => {
  test('goes again only when its provider surely never had it', async () => {
    await road('A')
    answer = () => ({ kind: 'unknown', reason: 'line_cut' })
    const releaseId = await releaseAfterUndo()
    await work()
    expect(await stage.counts(releaseId)).toEqual({ unknown: 40 })
    answer = ({ deliveryId }) => ({ kind: 'delivered', ref: deliveryId })
    said = { kind: 'missing' }
    later(31)
    await work()
    expect(await stage.counts(releaseId)).toEqual({ delivered: 40 })
    expect(sent.length).toBe(2 * OUTLETS)
  })

  test('is left to a person when its provider cannot say in a day', async () => {
    await road('A')
    answer = () => ({ kind: 'unknown', reason: 'line_cut' })
    const releaseId = await releaseAfterUndo()
    await work()
    for (let hour = 0; hour < 26; hour += 1) {
      later(3_600)
      await work()
    }
    const { n } = await stage.ctx.db
      .selectFrom('delivery')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('releaseId', '=', releaseId)
      .where('askAt', 'is', null)
      .executeTakeFirstOrThrow()
    expect([n, await stage.counts(releaseId)]).toEqual([OUTLETS, { unknown: 40 }])
  })
})

describe('the roads of a channel', () => {
  test('take their shares, and no more than their rates', async () => {
    const [big, small] = [await road('big', { shareNow: 75 }), await road('small', { shareNow: 25, ratePerSecond: 6 })]
    const releaseId = await releaseAfterUndo()
    await workLedger(stage.ctx)
    const by = (gateway: Gateway) => sent.filter((row) => row.gateway?.id === gateway.id).length
    // A row that two claims reached for at once may wait for the next round.
    expect(by(big)).toBeGreaterThanOrEqual(28)
    expect(by(big)).toBeLessThanOrEqual(30)
    expect(by(small)).toBe(6)
    await work()
    expect([by(big), by(small), await stage.counts(releaseId)]).toEqual([34, 6, { accepted: 40 }])
  })

  test('go on at their rate after a clock was set back by days', async () => {
    const { id } = await road('only', { ratePerSecond: 6 })
    const days = (count: number) => new Date(clock.now().getTime() + count * 86_400_000)
    const draw = (now: Date) => drawTokens(stage.ctx.db, id, 10, now)
    expect([await draw(days(2)), await draw(days(2))]).toEqual([6, 0])
    const back = days(0)
    expect([await draw(back), await draw(back)]).toEqual([6, 0])
    expect(await draw(new Date(back.getTime() + 500))).toBe(3)
  })

  test('of a body serve its outlets alone, and its outlets go by no other', async () => {
    const owner = stage.bodyOf('UBND-02683')
    const [own, shared] = [await road('own', { organisationId: owner }), await road('shared')]
    const releaseId = await releaseAfterUndo()
    await stage.ctx.db
      .updateTable('delivery')
      .set({ organisationId: owner })
      .where('releaseId', '=', releaseId)
      .where('outletId', 'in', (eb) => eb.selectFrom('outlet').select('id').where('code', '<', 'M-010'))
      .execute()
    await work()
    const by = (gateway: Gateway) =>
      sent.filter((row) => row.gateway?.id === gateway.id).map(({ outlet }) => outlet.code)
    expect(by(own).sort()).toEqual(Array.from({ length: 10 }, (_, at) => `M-00${at}`))
    expect(by(shared).length).toBe(30)
  })

  test('lose their work while they fail and get it back when they are well', async () => {
    const [good, bad] = [await road('good'), await road('bad')]
    answer = ({ gateway, deliveryId }) =>
      gateway?.id === bad.id
        ? { kind: 'postponed', until: clock.now(), reason: 'throttled' }
        : { kind: 'delivered', ref: deliveryId }
    const releaseId = await releaseAfterUndo()
    // Which road takes which row is chance: as long as the bad one has a share, a row may meet it again.
    for (let round = 0; round < 60 && (await stage.counts(releaseId))['delivered'] !== 40; round += 1) {
      await workLedger(stage.ctx)
      later(31)
    }
    expect(await stage.counts(releaseId)).toEqual({ delivered: 40 })
    const shifts = await shiftsOf(stage.ctx.db, bad.id, 20)
    expect(shifts.some(({ reason }) => reason === 'failing')).toBe(true)
    expect(await shiftsOf(stage.ctx.db, good.id, 20)).toEqual([])
    for (let round = 0; round < 40; round += 1) {
      later(61)
      await workLedger(stage.ctx)
    }
    expect((await shiftsOf(stage.ctx.db, bad.id, 1))[0]).toMatchObject({ toShare: 100, reason: 'well' })
  })
})
