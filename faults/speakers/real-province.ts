import { generateKeyPairSync } from 'node:crypto'
import { openProgrammeStage, type ProgrammeStage } from '../../src/app/programme.build.ts'
import { startSpeakerHub, type Hub } from '../../src/app/speaker-hub.ts'
import { speakerProgramme } from '../../src/app/speakers.ts'
import { stationWith } from '../../src/app/stations.build.ts'
import type { Id } from '../../src/core/kernel/index.ts'
import { closeSilentPlays, keepSlot } from '../../src/core/programme/index.ts'
import { importStations, publicKeyOf, speakerKeys, stationByCode } from '../../src/core/station/index.ts'
import { listen } from '../../src/platform/database/index.ts'
import type { Plane } from '../../src/platform/speakers/plane.ts'
import { SimulatedDevice } from '../../src/speaker/simulated-device.build.ts'
import { MORNING_MS } from '../../src/speaker/village.build.ts'
import { VirtualTime } from '../../src/speaker/virtual-time.build.ts'
import type { TestDatabase } from '../../src/testing/index.ts'
import { PlayedBroker } from './played-broker.ts'

export const DEVICES_A_STATION = 20
/** How the lines to the villages are. */
export interface Lines {
  readonly latencyMs: () => number
  /** Until a recording has come; null where it breaks. */
  readonly fetchMs: () => number | null
}

/** What is said comes up at the latest so much later, of which nobody notices anything. */
const WINDOW_MS = 5_000
const CLOSES_EVERY_MS = 1_800_000
const SLOTS = ['11:30', '17:00', '05:00']
const SLOT = { weekdays: 127, market: '', minutes: 30, fromDay: null, toDay: null, seasonFrom: null, seasonTo: null }

/**
 * Stations with devices over the hub, the programme and the ledger as they are, in a database: only the wires, the disks of
 * the devices, their loudspeakers and the time are played.
 */
export class RealProvince {
  readonly time: VirtualTime
  readonly stage: ProgrammeStage
  readonly devices: SimulatedDevice[] = []
  readonly stations: { readonly id: Id<'outlet'>; readonly code: string }[] = []
  readonly broker: PlayedBroker
  #hub: Hub<Plane> | null = null
  #closedMs = MORNING_MS

  private constructor(time: VirtualTime, stage: ProgrammeStage, lines: Lines) {
    this.time = time
    this.stage = stage
    this.broker = new PlayedBroker(time, lines.latencyMs)
  }

  /** In a database of the test's own, unless one is given. */
  static async open(count: number, lines: Lines, database?: TestDatabase): Promise<RealProvince> {
    const time = new VirtualTime(MORNING_MS)
    const stage = await openProgrammeStage({ now: () => new Date(time.nowMs) }, database)
    const province = new RealProvince(time, stage, lines)
    await province.#addStations(count)
    await province.#addDevices(lines.fetchMs)
    await province.startHub()
    return province
  }

  connect(device: SimulatedDevice): void {
    this.broker.connect(device)
  }

  /** Lets so many seconds go by; what devices say meanwhile is taken, and the worker closes what it closes. */
  async pass(seconds: number): Promise<void> {
    const untilMs = this.time.nowMs + seconds * 1_000
    while (this.time.nowMs < untilMs) {
      this.time.runUntil(Math.min(untilMs, this.time.nowMs + WINDOW_MS))
      await this.broker.handOn()
      if (this.time.nowMs - this.#closedMs < CLOSES_EVERY_MS) continue
      this.#closedMs = this.time.nowMs
      while ((await closeSilentPlays(this.stage.system)) > 0);
      await this.settled()
    }
  }

  /** Until the hub has said all that there is to say. */
  async settled(): Promise<void> {
    await this.#hub?.settled()
  }

  /** As when its process is started: it knows what stands in the database, and its broker knows nothing. */
  async startHub(): Promise<void> {
    const { ctx, database } = this.stage
    this.#hub = await startSpeakerHub<Plane>({
      ctx,
      listen: (name, heard) => listen(database.url, name, heard),
      programme: speakerProgramme,
      open: (door, ears) => this.broker.open(door, ears),
    })
    await this.settled()
  }

  async endHub(): Promise<void> {
    const hub = this.#hub
    this.#hub = null
    await hub?.close()
  }

  async #addStations(count: number): Promise<void> {
    const { system, ctx } = this.stage
    const sizes = Array.from({ length: Math.ceil(count / DEVICES_A_STATION) }, (_, at) =>
      Math.min(DEVICES_A_STATION, count - at * DEVICES_A_STATION),
    )
    const codes = sizes.map((_, at) => `YH-${String(at + 1).padStart(3, '0')}`)
    await importStations(system, { rows: codes.flatMap((code, at) => stationWith(code, sizes[at] ?? 0)) })
    for (const code of codes) {
      const station = await stationByCode(ctx.db, code)
      if (!station) throw new Error(`${code} has just been put in`)
      this.stations.push({ id: station.id, code })
      for (const begins of SLOTS) await keepSlot(system, { ...SLOT, stationId: station.id, name: begins, begins })
    }
  }

  async #addDevices(fetchMs: Lines['fetchMs']): Promise<void> {
    const { ctx } = this.stage
    const keys = await speakerKeys(ctx)
    const believed = new Map(
      keys.trusted.flatMap(({ id, publicKey }) => {
        const key = publicKeyOf(Buffer.from(publicKey, 'base64url'))
        return key ? [[id, key] as const] : []
      }),
    )
    let nonces = 0
    const codeOf = new Map(this.stations.map(({ id, code }) => [id as string, code]))
    const rows = await ctx.db.selectFrom('device').select(['id', 'code', 'stationId']).orderBy('code').execute()
    for (const { id, code, stationId } of rows) {
      const stationCode = codeOf.get(stationId ?? '')
      if (stationCode === undefined) continue
      const { privateKey, publicKey } = generateKeyPairSync('ed25519')
      const raw = Buffer.from(String(publicKey.export({ format: 'jwk' }).x), 'base64url')
      const enrolledAt = new Date(MORNING_MS - 3_600_000)
      await ctx.db
        .updateTable('device')
        .set({ state: 'enrolled', publicKey: raw, enrolledAt })
        .where('id', '=', id)
        .execute()
      const device: SimulatedDevice = new SimulatedDevice(
        { deviceId: id, code, stationCode, privateKey, keys: believed },
        {
          time: this.time,
          nonce: () => `nonce ${nonces++}`,
          fetchMs,
          up: (message) => this.broker.up(device, message),
        },
      )
      this.broker.know(device)
      this.devices.push(device)
    }
  }
}
