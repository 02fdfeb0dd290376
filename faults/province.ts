import { sql } from 'kysely'
import { outletRow } from '../src/app/release.build.ts'
import type { ChannelKey } from '../src/core/channel/index.ts'
import { upsertGateway, type Gateway } from '../src/core/gateway/index.ts'
import { newId, type Ctx } from '../src/core/kernel/index.ts'

export const CHANNELS: readonly ChannelKey[] = ['portal', 'sms', 'board', 'loudspeaker']

/** In which of them what was done twice was done once. */
export const isRepeatable = (channel: string) => channel === 'portal'

const MACHINE = { means: 'machine', place: 'LC-2025', organisation: 'UBND-LC-2025' }
/** Ends of every kind: machines that may be told twice and such that must not, a list, stations with people. */
export const OUTLETS = [
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

/** Two roads of the channel of text messages, and those who have asked for them. */
export async function addRoadsAndReaders(ctx: Ctx, subscribers = 30): Promise<void> {
  await addGateways(ctx)
  await addSubscribers(ctx, subscribers)
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
}

async function addSubscribers({ db }: Ctx, subscribers: number): Promise<void> {
  await sql`
    with added as (
      insert into subscriber (id, contact_kind, contact_hash, contact_sealed, created_at)
      select gen_random_uuid(), 'phone', n::text, 'x', now() from generate_series(1, ${subscribers}::int) as n returning id
    )
    insert into subscription (outlet_id, subscriber_id, state, asked_at)
    select outlet.id, added.id, 'active', now() from added cross join outlet where outlet.code = 'DANH-SACH'`.execute(
    db,
  )
}
