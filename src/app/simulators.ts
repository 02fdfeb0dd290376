import { startSimulatedNewsroom } from '../channels/press/press-simulator.ts'
import { startSmscSimulator } from '../channels/sms/simulators/smsc-simulator.ts'
import { startWebhookSimulator } from '../channels/webhook/webhook-simulator.ts'
import { gatewaysOf, upsertGateway, type Gateway } from '../core/gateway/index.ts'
import { asSystem, dayAt, newId, type Ctx } from '../core/kernel/index.ts'
import { importOutlets, outletRows, outletsWhere, type Outlet } from '../core/outlet/index.ts'
import { openWire, wireToken } from '../core/press/index.ts'
import { importSubscribers, previewSubscribers } from '../core/subscriber/index.ts'
import { makeWebhookSecret, signingSecrets } from '../core/webhook/index.ts'
import type { Loa } from './loa.ts'
import { PRESS_PATHS } from './press-addresses.ts'

/** Gateways that stand in a demonstration alone, played by our own centres. */
export const PLAYED_GATEWAYS = ['GL-SMPP-1', 'GL-SMPP-2'] as const
const NEWSROOM_LOOKS_EVERY_MS = 3_000
/** A simulated centre takes a while, as a carrier does, so that receipts can be watched as they come. */
const RECEIPT_MS = 1_500

/** Marks an empty database as a demonstration, in which our own simulators stand where the machines of others would. */
export async function playMachines(ctx: Ctx): Promise<void> {
  for (const code of PLAYED_GATEWAYS) await keepPlayed(ctx, code, 1)
  const { sms } = await playedOutlets(ctx)
  if (sms) await subscribePhones(ctx, sms)
}

/**
 * Starts the simulators of a demonstration, each at a free port of this machine, and says where they stand. `address`
 * is that of the pages on this machine. In any other installation nothing is started. Answers how to stop them.
 */
export async function startSimulators(loa: Loa, address: string): Promise<() => Promise<void>> {
  const ctx = asSystem(loa.contextOf({ kind: 'nobody' }), 'simulators')
  const played = await playedGateways(ctx)
  if (played.length === 0) return async () => {}
  const closers: (() => unknown)[] = []
  for (const { code } of played) {
    const centre = await startSmscSimulator({ receiptMs: RECEIPT_MS })
    closers.push(centre.close)
    await keepPlayed(ctx, code, centre.port)
  }
  const { newsroom, webhooks } = await playedOutlets(ctx)
  const receiver = await startWebhookSimulator()
  closers.push(receiver.close)
  loa.networks.allowDoor('127.0.0.1', receiver.port)
  await pointWebhooks(ctx, webhooks, receiver.port)
  if (newsroom) closers.push((await sitInNewsroom(ctx, newsroom, address)).close)
  return async () => {
    for (const close of closers.reverse()) await close()
  }
}

/** Whether this is a demonstration, in which machines of others are played. */
export async function isPlayed(ctx: Ctx): Promise<boolean> {
  return (await playedGateways(ctx)).length > 0
}

async function playedGateways(ctx: Ctx): Promise<Gateway[]> {
  return (await gatewaysOf(ctx.db, 'sms')).filter(({ simulated, kind }) => simulated && kind === 'smpp')
}

async function playedOutlets(ctx: Ctx) {
  const found = await outletsWhere(ctx.db, { words: 'giả lập', day: dayAt(ctx.clock.now()) }, null, 50)
  const played = found.filter(({ code }) => code.startsWith('GL-'))
  return {
    newsroom: played.find(({ kind }) => kind === 'newsroom') ?? null,
    sms: played.find(({ kind }) => kind === 'subscribers') ?? null,
    webhooks: played.filter(({ kind }) => kind === 'webhook'),
  }
}

async function keepPlayed(ctx: Ctx, code: string, port: number): Promise<void> {
  const standing = (await gatewaysOf(ctx.db, 'sms')).find((one) => one.code === code)
  const gateway: Gateway = standing ?? {
    id: newId<'gateway'>(),
    code,
    name: `Cổng tin nhắn giả lập ${code.at(-1)}`,
    channel: 'sms',
    kind: 'smpp',
    organisationId: null,
    settings: {},
    secretSealed: null,
    share: 100,
    shareNow: 100,
    ratePerSecond: 50,
    windowSize: 10,
    simulated: true,
    pausedAt: null,
    pausedReason: null,
  }
  // A simulator wakes nobody at night.
  const settings = {
    systemId: 'loa',
    from: 'LAOCAI',
    ...gateway.settings,
    host: '127.0.0.1',
    port,
    quietFrom: '',
    quietTo: '',
  }
  await upsertGateway(ctx.db, { ...gateway, settings })
}

/** Phones of nobody; the last three behave as `sentinels.ts` says. */
const PHONES = [
  ...Array.from({ length: 9 }, (_, at) => `+8490000010${at}`),
  '+84900000404',
  '+84900000410',
  '+84900000202',
]

async function subscribePhones(ctx: Ctx, { id: outletId }: Outlet): Promise<void> {
  const today = dayAt(ctx.clock.now())
  const rows = PHONES.map((contact) => ({
    contact,
    language: 'vi',
    consent_on: today,
    consent_note: 'Số minh họa, không phải của ai',
  }))
  const { importId } = await previewSubscribers(ctx, { outletId, rows })
  if (importId) await importSubscribers(ctx, { importId, outletId })
}

/** Says where the receiver stands now, and gives each outlet of it a secret to be known by. */
async function pointWebhooks(ctx: Ctx, outlets: readonly Outlet[], port: number): Promise<void> {
  const codes = new Set(outlets.map(({ code }) => code))
  const rows = (await outletRows(ctx.db)).filter(({ code }) => codes.has(code))
  const moved = rows.map((row) => ({ ...row, address: row.address.replace(/:\d+\//, `:${port}/`) }))
  if (moved.length > 0) await importOutlets(ctx, { rows: moved })
  for (const { id: outletId } of outlets) {
    if ((await signingSecrets(ctx, outletId)).length === 0) await makeWebhookSecret(ctx, { outletId })
  }
}

/** A newsroom that reads its wire by its secret address, takes what comes and says where it ran. */
async function sitInNewsroom(ctx: Ctx, { id: outletId }: Outlet, address: string) {
  const token = (await wireToken(ctx, outletId)) ?? (await openWire(ctx, { outletId }))
  return startSimulatedNewsroom({
    address: address + PRESS_PATHS.wire(token),
    habit: 'runs',
    everyMs: NEWSROOM_LOOKS_EVERY_MS,
  })
}
