import type { SimulatedDevice } from '../../src/speaker/simulated-device.build.ts'
import { MORNING_MS } from '../../src/speaker/village.build.ts'
import type { VirtualTime } from '../../src/speaker/virtual-time.build.ts'
import type { Random } from '../random.ts'

export const HOUR = 3_600

/** What happens to devices on poles: their power goes, also between two writes, their lines break, their clocks show anything. */
export class Blows {
  readonly counts = { powerLosses: 0, lostLines: 0, clockJumps: 0 }
  readonly #random: Random
  readonly #time: VirtualTime
  readonly #untilMs: number
  readonly #connect: (device: SimulatedDevice) => void

  /** `untilMs`: when it is over. `connect` lets a device in where there is a broker to let it in. */
  constructor(random: Random, time: VirtualTime, untilMs: number, connect: (device: SimulatedDevice) => void) {
    this.#random = random
    this.#time = time
    this.#untilMs = untilMs
    this.#connect = connect
  }

  /** A device that has been hung up: with any clock, with a battery or without, and mostly switched on. */
  hangUp(device: SimulatedDevice): void {
    device.rtcOffMs = this.#random.pick([null, 0, 7 * HOUR * 1_000, -MORNING_MS])
    device.drift = (this.#random() - 0.5) / 10_000
    device.wallOffMs = this.#wrongTime()
    if (this.#random.chance(0.9)) this.wake(device)
  }

  strike(device: SimulatedDevice): void {
    this.#powerGoes(device)
    this.#lineGoes(device)
    this.#clockJumps(device)
  }

  wake(device: SimulatedDevice): void {
    device.powerOn()
    this.later(1 + this.#random.below(40), () => this.#connect(device))
  }

  /** Again and again, at random, so often on the mean; no more when the days are over. */
  every(meanSeconds: number, act: () => void): void {
    this.later(-Math.log(1 - this.#random()) * meanSeconds, () => {
      if (this.#time.nowMs >= this.#untilMs) return
      act()
      this.every(meanSeconds, act)
    })
  }

  later(seconds: number, act: () => void): void {
    this.#time.after(seconds * 1_000, act)
  }

  #powerGoes(device: SimulatedDevice): void {
    this.every(15 * HOUR, () => {
      this.counts.powerLosses += 1
      if (this.#random.chance(0.2)) {
        device.kill()
        return this.later(5, () => this.#connect(device))
      }
      device.powerOff(this.#random.below(5))
      const long = this.#random.chance(0.3) ? 10 * HOUR : 300
      this.later(1 + this.#random.below(long), () => {
        device.powerOff()
        device.wallOffMs = this.#wrongTime()
        this.wake(device)
      })
    })
  }

  #lineGoes(device: SimulatedDevice): void {
    this.every(8 * HOUR, () => {
      this.counts.lostLines += 1
      device.disconnect()
      this.later(1 + this.#random.below(this.#random.chance(0.3) ? 12 * HOUR : 600), () => this.#connect(device))
    })
  }

  #clockJumps(device: SimulatedDevice): void {
    this.every(24 * HOUR, () => {
      this.counts.clockJumps += 1
      device.wallOffMs = this.#wrongTime()
    })
  }

  #wrongTime(): number {
    return this.#random.pick([0, -MORNING_MS, (this.#random() - 0.5) * 48 * HOUR * 1_000, 400 * 24 * HOUR * 1_000])
  }
}

/** Lines as they are in the mountains: some of what is said is long under way, every third recording breaks off. */
export function badLines(random: Random): { readonly latencyMs: () => number; readonly fetchMs: () => number | null } {
  return {
    latencyMs: () => 20 + random.below(random.chance(0.05) ? 8_000 : 800),
    fetchMs: () => (random.chance(0.3) ? null : 2_000 + random.below(120_000)),
  }
}
