import type { Doorkeeper, Plane, PlaneEars } from '../../src/platform/speakers/plane.ts'
import { topics } from '../../src/platform/speakers/protocol.ts'
import type { SimulatedDevice } from '../../src/speaker/simulated-device.build.ts'
import type { VirtualTime } from '../../src/speaker/virtual-time.build.ts'

interface Said {
  readonly device: SimulatedDevice
  readonly bytes: Buffer
}

/**
 * A broker between the hub, which lives in the real time of its database, and devices, which live in a virtual one: it keeps
 * what is retained, loses what is under way to who goes away, and hands on what came up when it is asked to.
 */
export class PlayedBroker {
  readonly #time: VirtualTime
  readonly #latencyMs: () => number
  readonly #devices = new Map<string, SimulatedDevice>()
  readonly #retained = new Map<string, Uint8Array>()
  #came: Said[] = []
  #ears: PlaneEars | null = null

  constructor(time: VirtualTime, latencyMs: () => number) {
    this.#time = time
    this.#latencyMs = latencyMs
  }

  get isUp(): boolean {
    return this.#ears !== null
  }

  know(device: SimulatedDevice): void {
    this.#devices.set(device.identity.deviceId, device)
  }

  /** As the hub opens it: empty, as one that has just been started. */
  open(_door: Doorkeeper, ears: PlaneEars): Plane {
    this.#retained.clear()
    this.#came = []
    this.#ears = ears
    return {
      publish: async (topic, bytes, { retain }) => this.#publish(topic, bytes, retain),
      cut: (deviceId) => this.#devices.get(deviceId)?.disconnect(),
      close: async () => this.#goDown(),
    }
  }

  connect(device: SimulatedDevice): void {
    if (!this.#ears || !device.isOn || device.isConnected) return
    device.connect()
    for (const [topic, bytes] of this.#retained) if (hears(device, topic)) this.#later(device, bytes)
    this.#ears.ready(device.identity.deviceId)
  }

  /** A device says something; false where nobody takes it. */
  up(device: SimulatedDevice, bytes: Buffer): boolean {
    if (!this.#ears) return false
    this.#time.after(this.#latencyMs(), () => device.isConnected && this.#came.push({ device, bytes }))
    return true
  }

  /** Hands the hub all that has come; what it fails to take costs the device its connection. */
  async handOn(): Promise<void> {
    const came = this.#came.splice(0)
    const ears = this.#ears
    if (!ears) return
    await Promise.all(
      came.map(({ device, bytes }) => ears.take(device.identity.deviceId, bytes).catch(() => device.disconnect())),
    )
  }

  #publish(topic: string, bytes: Uint8Array, retain: boolean): void {
    if (!this.#ears) throw new Error('the broker is away')
    if (retain) {
      if (bytes.length > 0) this.#retained.set(topic, bytes)
      else this.#retained.delete(topic)
    }
    for (const device of this.#devices.values())
      if (device.isConnected && hears(device, topic)) this.#later(device, bytes)
  }

  #later(device: SimulatedDevice, bytes: Uint8Array): void {
    this.#time.after(this.#latencyMs(), () => device.isConnected && device.receive(bytes))
  }

  #goDown(): void {
    this.#ears = null
    for (const device of this.#devices.values()) device.disconnect()
  }
}

function hears({ identity: { deviceId, stationCode } }: SimulatedDevice, topic: string): boolean {
  return (
    topic === topics.station(stationCode) ||
    topic === topics.emergency(stationCode) ||
    topic === topics.device(deviceId)
  )
}
