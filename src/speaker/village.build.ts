import { generateKeyPairSync, randomUUID } from 'node:crypto'
import {
  MOST_EMERGENCIES,
  type BroadcastFile,
  type Class,
  type DownBody,
  type EmergencyBody,
  type LiveBody,
  type ScheduleBody,
} from '../platform/speakers/protocol.ts'
import { SimulatedDevice, type Surroundings } from './simulated-device.build.ts'
import { buildBroadcast, buildSchedule, iso, SimulatedProvince } from './simulated-province.build.ts'
import { VirtualTime } from './virtual-time.build.ts'

/** Where tests begin: seven in the morning of a village. */
export const MORNING_MS = Date.parse('2026-11-30T07:00:00+07:00')
export const STATION = 'YH-01'

/** How the wires are; unless said, all comes at once. */
export interface Wires {
  readonly latencyMs: () => number
  readonly fetchMs: () => number | null
}

/** A part of a speech that comes later than this is worth nothing. */
const LIVE_HOLDS_MS = 20_000
/** MPEG 2 layer III, 32 kbit/s, 24 kHz, one voice: 96 bytes, 24 ms. */
const FRAME_HEAD = [0xff, 0xf3, 0x44, 0xc0]
const FRAMES = 75
/** Of a part that `partOf` makes. */
export const PART_SECONDS = FRAMES * 0.024

const FAST: Wires = { latencyMs: () => 1, fetchMs: () => 1 }

/** A province with one station and its devices, and a broker between them that keeps what it must. */
export class Village {
  readonly time: VirtualTime
  readonly province: SimulatedProvince
  readonly devices: SimulatedDevice[] = []
  readonly #wires: Wires
  /** What the broker keeps for whoever comes, by topic. */
  readonly #retained = new Map<string, Buffer>()
  readonly #queued = new Map<string, Buffer[]>()
  #warnings: Warning[] = []
  #nonces = 0

  constructor(wires: Wires = FAST, time = new VirtualTime(MORNING_MS)) {
    this.time = time
    this.#wires = wires
    this.province = new SimulatedProvince(() => time.nowMs)
  }

  addDevice(duty?: Surroundings['duty']): SimulatedDevice {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const deviceId = randomUUID()
    const keys = new Map([[this.province.keyId, this.province.publicKey]])
    const identity = { deviceId, code: 'YH-01-01', stationCode: STATION, privateKey, keys }
    this.province.know(deviceId, publicKey)
    const device: SimulatedDevice = new SimulatedDevice(identity, {
      time: this.time,
      ...(duty && { duty }),
      nonce: () => `nonce ${this.#nonces++}`,
      fetchMs: () => this.#wires.fetchMs(),
      up: (message) => {
        this.#later(device, () => {
          for (const answer of this.province.take(message)) this.#later(device, () => device.receive(answer))
        })
        return true
      },
    })
    this.devices.push(device)
    return device
  }

  /** A device that runs, is connected, and knows the time. */
  addReadyDevice(duty?: Surroundings['duty']): SimulatedDevice {
    const device = this.addDevice(duty)
    device.powerOn()
    this.connect(device)
    this.pass(5)
    return device
  }

  connect(device: SimulatedDevice): void {
    device.connect()
    const waiting = [...this.#retained.values(), ...(this.#queued.get(device.identity.deviceId) ?? [])]
    this.#queued.delete(device.identity.deviceId)
    for (const message of waiting) this.#later(device, () => device.receive(message))
  }

  /** Signs and sends to all of the station, or to the board of that code; the broker keeps it. */
  send(body: DownBody, given: { validUntilMs?: number } = {}): Buffer {
    const message = this.province.down(`${body.kind === 'showings' ? 'b' : 's'}/${STATION}`, body, given)
    this.#retained.set(body.kind, message)
    for (const device of this.devices) if (device.isConnected) this.#later(device, () => device.receive(message))
    return message
  }

  /** Signs and sends to all of the station who are here; the broker keeps nothing of it. */
  speak(body: LiveBody): Buffer {
    const message = this.province.down(`s/${STATION}`, body, { validUntilMs: this.time.nowMs + LIVE_HOLDS_MS })
    for (const device of this.devices) if (device.isConnected) this.#later(device, () => device.receive(message))
    return message
  }

  /** Speaks parts from one to another, each as long as it sounds; the last says that it is. */
  speakParts(playId: string, from: number, to: number, closes = true): void {
    for (let part = from; part <= to; part += 1) {
      this.speak(partOf(playId, part, { last: closes && part === to }))
      this.pass(PART_SECONDS)
    }
  }

  /** Warns of one thing more, beside all that still holds. */
  warn(one: Warning): void {
    const holds = ({ broadcast }: Warning) => Date.parse(broadcast.validUntil) > this.time.nowMs
    this.#warnings = [...this.#warnings.filter(holds), one].slice(-MOST_EMERGENCIES)
    this.send(warningOf(...this.#warnings))
  }

  /** Signs and sends to one device; the broker keeps it for one that is away. */
  command(device: SimulatedDevice, command: Extract<DownBody, { kind: 'command' }>['command'], volume?: number): void {
    const { deviceId } = device.identity
    const message = this.province.down(`d/${deviceId}`, { kind: 'command', id: randomUUID(), command, volume })
    if (device.isConnected) this.#later(device, () => device.receive(message))
    else this.#queued.set(deviceId, [...(this.#queued.get(deviceId) ?? []), message])
  }

  /** Lets so many seconds pass. */
  pass(seconds: number): void {
    this.time.runUntil(this.time.nowMs + seconds * 1_000)
  }

  /** What comes while the line is broken is lost. */
  #later(device: SimulatedDevice, call: () => void): void {
    this.time.after(this.#wires.latencyMs(), () => device.isConnected && call())
  }
}

export type Warning = EmergencyBody['plays'][number]

export interface WishedPlay {
  /** Seconds after the morning began. */
  readonly at: number
  readonly seconds?: number
  readonly class?: Class
  readonly ord?: number
  readonly untilMs?: number
}

/** A schedule of these plays, each with a recording of its own. */
export function scheduleOf(
  plays: readonly WishedPlay[],
  change: Partial<ScheduleBody> = {},
): { readonly body: ScheduleBody; readonly ids: readonly string[]; readonly broadcasts: readonly BroadcastFile[] } {
  const broadcasts = plays.map(({ seconds = 60, class: rank = 'ordinary', untilMs = MORNING_MS + 8 * 86_400_000 }) =>
    buildBroadcast({ seconds, class: rank, fromMs: MORNING_MS - 86_400_000, untilMs }),
  )
  const ids = plays.map(() => randomUUID())
  const planned = plays.map(({ at, ord = 0 }, index) => ({
    id: ids[index] ?? '',
    broadcastId: broadcasts[index]?.id ?? '',
    at: iso(MORNING_MS + at * 1_000),
    ord,
  }))
  return { body: buildSchedule({ broadcasts: [...broadcasts], plays: planned, ...change }), ids, broadcasts }
}

/** A warning that is to sound at once. */
export function emergencyOf(seconds = 30, untilMs = MORNING_MS + 86_400_000): Warning {
  const broadcast = buildBroadcast({ seconds, class: 'emergency', fromMs: MORNING_MS, untilMs })
  return { broadcast, playId: randomUUID() }
}

/** A part of a speech, told from the others by its bytes. */
export function partOf(playId: string, part: number, change: Partial<LiveBody> = {}): LiveBody {
  const frame = Buffer.alloc(96, part % 128)
  frame.set(FRAME_HEAD)
  const audio = Buffer.concat(Array(FRAMES).fill(frame)).toString('base64')
  return { kind: 'live', playId, part, last: false, seconds: PART_SECONDS, audio, ...change }
}

/** Says all that is to sound at once. */
export function warningOf(...plays: Warning[]): EmergencyBody {
  return { kind: 'emergency', plays }
}
