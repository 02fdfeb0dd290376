import { sql } from 'kysely'
import { openReleaseStage, outletRow, type ReleaseStage } from '../../src/app/release.build.ts'
import type { ChannelKey } from '../../src/core/channel/index.ts'
import { gatewaysOf, upsertGateway, type Gateway } from '../../src/core/gateway/index.ts'
import { newId, type Ctx } from '../../src/core/kernel/index.ts'
import { sendWith, type Outcome, type Sending } from '../../src/core/release/index.ts'
import { stillClock } from '../../src/testing/index.ts'
import type { TestDatabase } from '../../src/testing/test-database.ts'
import { endOf } from '../ledger-rows.ts'
import type { Random } from '../random.ts'
import { Receiver } from '../receiver.ts'
import { Centre } from './centre.ts'
import { lifeOf, type MortalCtx } from './fate.ts'

/** Ten in the morning of a day in Vietnam. */
export const START = Date.parse('2026-11-24T03:00:00Z')
export const CHANNELS: readonly ChannelKey[] = ['portal', 'sms', 'board', 'loudspeaker']
const SUBSCRIBERS = 30

/** In which channels what was done twice was done once. */
export const isRepeatable = (channel: string) => channel === 'portal'

/** A province with machines of every kind, and all that is counted at their side. */
export interface World {
  readonly stage: ReleaseStage
  readonly clock: ReturnType<typeof stillClock>
  readonly receiver: Receiver
  readonly centre: Centre
  readonly random: Random
  later(seconds: number): void
}

export async function openWorld(random: Random, database?: TestDatabase): Promise<World> {
  const clock = stillClock(new Date(START).toISOString())
  const stage = await openReleaseStage(clock, OUTLETS, database)
  const receiver = new Receiver()
  const centre = new Centre(receiver, random)
  await addGateways(stage.ctx)
  await addSubscribers(stage.ctx)
  register(receiver, centre, random)
  const later = (seconds: number) => clock.set(new Date(clock.now().getTime() + seconds * 1_000).toISOString())
  return { stage, clock, receiver, centre, random, later }
}

const MACHINE = { means: 'machine', place: 'LC-2025', organisation: 'UBND-LC-2025' }
const OUTLETS = [
  ...many(16, (n) => outletRow({ ...MACHINE, channel: 'portal', code: `CONG-${n}` })),
  outletRow({ ...MACHINE, channel: 'portal', code: 'CONG-DEM', quiet_from: '08:00', quiet_to: '11:00' }),
  ...many(12, (n) => outletRow({ ...MACHINE, channel: 'board', code: `BANG-${n}`, place: '02683' })),
  ...many(3, (n) => outletRow({ ...MACHINE, channel: 'sms', code: `TRUC-${n}` })),
  outletRow({ ...MACHINE, channel: 'sms', code: 'DANH-SACH', kind: 'subscribers' }),
  ...many(4, (n) =>
    outletRow({
      means: 'manual',
      channel: 'loudspeaker',
      code: `LOA-${n}`,
      place: '02683',
      organisation: 'UBND-02683',
    }),
  ),
]

function many<T>(count: number, make: (n: number) => T): T[] {
  return Array.from({ length: count }, (_, at) => make(at + 1))
}

async function addGateways({ db }: Ctx): Promise<void> {
  const bare: Omit<Gateway, 'id' | 'code'> = {
    name: 'Trung tâm nhắn tin',
    channel: 'sms',
    kind: 'fault',
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
  }
  for (const code of ['A', 'B']) await upsertGateway(db, { ...bare, id: newId<'gateway'>(), code })
  if ((await gatewaysOf(db, 'sms')).length !== 2) throw new Error('two gateways were to stand')
}

async function addSubscribers({ db }: Ctx): Promise<void> {
  await sql`
    with added as (
      insert into subscriber (id, contact_kind, contact_hash, contact_sealed, created_at)
      select gen_random_uuid(), 'phone', n::text, 'x', now() from generate_series(1, ${SUBSCRIBERS}) as n returning id
    )
    insert into subscription (outlet_id, subscriber_id, state, asked_at)
    select outlet.id, added.id, 'active', now() from added cross join outlet where outlet.code = 'DANH-SACH'`.execute(
    db,
  )
}

function register(receiver: Receiver, centre: Centre, random: Random): void {
  const take = ({ deliveryId, outlet, recipientId, kind }: Sending, channel: string) =>
    receiver.take({ key: deliveryId, channel, kind, end: endOf(outlet.id, recipientId) })
  /** One row after the other; a machine at the other end refuses, is busy, or answers into a dead line. */
  const plain = (channel: ChannelKey) => async (ctx: Ctx, rows: readonly Sending[]) => {
    const life = lifeOf(ctx)
    const outcomes: Outcome[] = []
    for (const row of rows) {
      life.point()
      const luck = random()
      if (luck < 0.03) outcomes.push({ kind: 'refused', reason: 'gone' })
      else if (luck < 0.1) outcomes.push({ kind: 'postponed', until: ctx.clock.now(), reason: 'busy' })
      else take(row, channel)
      life.point()
      if (luck > 0.98) throw new Error('the line went dead after it was taken')
      if (luck >= 0.1) outcomes.push({ kind: 'delivered', ref: `seen-${row.deliveryId}` })
    }
    return outcomes
  }
  sendWith({ channel: 'portal', repeatable: true, withdraws: true, batch: 4, send: plain('portal') })
  sendWith({ channel: 'board', repeatable: false, withdraws: false, batch: 3, send: plain('board') })
  sendWith({
    channel: 'sms',
    repeatable: false,
    withdraws: false,
    batch: 6,
    // Every call of this world comes in some life.
    send: (ctx, rows) => centre.send(ctx as MortalCtx, rows),
    ask: async (ctx, rows) => centre.ask(ctx as MortalCtx, rows),
  })
}
