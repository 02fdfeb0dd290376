import { setTimeout as wait } from 'node:timers/promises'
import { asSystem, type Ctx, type Id } from '../core/kernel/index.ts'
import { noteHubStarted, speakerKeys, type SpeakerKeys } from '../core/station/index.ts'
import type { Doorkeeper, Plane, PlaneEars } from '../platform/speakers/plane.ts'
import { Commands } from './speaker-hub-commands.ts'
import { Heard } from './speaker-hub-heartbeats.ts'
import { Intake } from './speaker-hub-intake.ts'
import { Laggards } from './speaker-hub-laggards.ts'
import { LiveSpeeches } from './speaker-hub-live.ts'
import { NO_BOARDS, type BrokerAccounts, type HubBoards, type HubProgramme } from './speaker-hub-port.ts'
import { Roster } from './speaker-hub-roster.ts'
import { StandingMessages } from './speaker-hub-standing.ts'

/** Besides being told, the hub looks this often: at what has ended by itself, and at what a lost notice would have said. */
const LOOKS_EVERY_MS = 5_000
/** All devices are read when something of them changed, and this often besides. */
const READS_ROSTER_EVERY_MS = 60_000

export interface HubOptions<Broker extends Plane> {
  readonly ctx: Ctx
  /** Calls `heard` at each notice of the database under a name; answers how to stop. */
  readonly listen: (name: string, heard: () => void) => Promise<() => Promise<void>>
  readonly programme: HubProgramme
  /** Without them it speaks with loudspeakers alone. */
  readonly boards?: HubBoards
  readonly open: (door: Doorkeeper, ears: PlaneEars) => Promise<Broker> | Broker
  /** Of a broker that stands elsewhere; without them they are brought there by hand. */
  readonly accounts?: BrokerAccounts
}

export interface Hub<Broker extends Plane> {
  readonly broker: Broker
  /** Settled when all that was to do when it was called is done. */
  settled(): Promise<void>
  close(): Promise<void>
}

/**
 * Speaks with the devices: says what each station is to play and each board to show under the signature of the province,
 * and takes what devices say they have played and shown. One hub runs for an installation, in the process with the pages.
 */
export async function startSpeakerHub<Broker extends Plane>(options: HubOptions<Broker>): Promise<Hub<Broker>> {
  const { programme, boards = NO_BOARDS } = options
  const ctx = asSystem(options.ctx, 'speakers')
  const stopping = new AbortController()
  let keys: SpeakerKeys = await speakerKeys(ctx)
  const roster = new Roster(ctx)
  await roster.read()
  await noteHubStarted(ctx.db, ctx.clock.now())
  const heard = new Heard(ctx, boards)
  let isDue = true
  let wakes = () => {}
  const wake = () => {
    isDue = true
    wakes()
  }

  const ears: PlaneEars = {
    take: (deviceId, bytes) => intake.take(deviceId, bytes),
    ready(deviceId) {
      const device = roster.get(deviceId)?.device
      if (device?.state === 'revoked') void expel(device.id, true)
      else if (commands.back(deviceId)) wake()
    },
    gone: (deviceId) => commands.gone(deviceId),
    anew() {
      standing.forgotten()
      options.accounts?.forgotten()
      wake()
    },
    forbidden(deviceId, what) {
      const seat = roster.get(deviceId)
      if (seat) heard.fault(seat.device.id, 'forbidden', what)
    },
  }
  const broker = await options.open(roster, ears)
  const standing = new StandingMessages(ctx, broker, programme, boards)
  const commands = new Commands(ctx, broker)
  const laggards = new Laggards(ctx, broker, standing)
  const speeches = new LiveSpeeches(ctx, broker, () => keys.signing)

  async function expel(deviceId: Id<'device'>, listens = false): Promise<void> {
    await commands.sayRevoked(deviceId, keys.signing, listens).catch(() => undefined)
    broker.cut(deviceId)
  }
  const intake = new Intake({
    ctx,
    plane: broker,
    roster,
    heard,
    programme,
    boards,
    signing: () => keys.signing,
    stopping: stopping.signal,
    alive(deviceId) {
      if (!commands.heard(deviceId)) return
      wake()
      const seat = roster.get(deviceId)
      if (seat) laggards.cameBack(seat.device)
    },
    holds: (device, version) => laggards.holds(device, version),
    revoked(deviceId) {
      if (commands.ignoresRevocation(deviceId)) heard.fault(deviceId, 'revoked', 'still speaks')
      void expel(deviceId)
    },
  })

  let rosterIsDue = false
  let rosterReadAt = performance.now()
  async function readRoster(): Promise<void> {
    rosterIsDue = false
    try {
      keys = await speakerKeys(ctx)
      await roster.read()
      rosterReadAt = performance.now()
    } catch (fault) {
      rosterIsDue = true
      throw fault
    }
  }

  async function round(): Promise<void> {
    const keyIsOver = keys.changesAt !== null && keys.changesAt <= ctx.clock.now()
    if (rosterIsDue || keyIsOver || performance.now() - rosterReadAt > READS_ROSTER_EVERY_MS) await readRoster()
    const { revoked, moved } = roster.takeChanges()
    for (const { id } of revoked) await expel(id)
    for (const { id } of moved) broker.cut(id)
    // Neither waits for the other to be well.
    const done = await Promise.allSettled([sayAll(), options.accounts?.keep(roster.devices(), ctx.clock.now())])
    const failed = done.find(({ status }) => status === 'rejected')
    if (failed?.status === 'rejected') throw failed.reason
  }

  async function sayAll(): Promise<void> {
    await commands.sayOpen(keys.signing)
    await standing.bringUpToDate(keys)
  }

  let complained = ''
  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      isDue = false
      try {
        await round()
        complained = ''
      } catch (thrown) {
        const words = thrown instanceof Error ? thrown.message : String(thrown)
        // The same fault again and again says nothing new.
        if (!stopping.signal.aborted && words !== complained) console.error('The speaker hub:', words)
        complained = words
      }
      for (const done of waiting.splice(0)) done()
      if (!isDue) await rest()
    }
  }
  async function rest(): Promise<void> {
    const woken = new AbortController()
    wakes = () => woken.abort()
    const signal = AbortSignal.any([woken.signal, stopping.signal])
    await wait(LOOKS_EVERY_MS, undefined, { signal }).catch(() => undefined)
  }
  const waiting: (() => void)[] = []

  const running = run()
  const wakeForDevices = () => {
    rosterIsDue = true
    wake()
  }
  const listening = await Promise.all([
    options.listen('loa_stations', wake),
    options.listen('loa_boards', wake),
    options.listen('loa_devices', wakeForDevices),
    options.listen('loa_takeovers', () => speeches.wake()),
  ])
  return {
    broker,
    async settled() {
      // The round under way may have looked before.
      for (let rounds = 0; rounds < 2; rounds += 1) {
        const done = new Promise<void>((resolve) => waiting.push(resolve))
        wakeForDevices()
        await done
      }
      await heard.write()
    },
    async close() {
      stopping.abort()
      await Promise.all([running, speeches.close()])
      for (const stop of listening) await stop()
      await broker.close()
      await heard.close()
    },
  }
}
