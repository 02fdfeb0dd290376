import type { KeyObject } from 'node:crypto'
import type { Ctx } from '../core/kernel/index.ts'
import { brokerPasswordFits, planeDevices, publicKeyOf, type PlaneDevice } from '../core/station/index.ts'
import type { Admitted, Doorkeeper } from '../platform/speakers/plane.ts'

/** Who is not known may have enrolled a moment ago: the table is asked again, but not for every stranger. */
const ASKS_AGAIN_MS = 2_000

export interface Seat {
  readonly device: PlaneDevice
  readonly key: KeyObject
}

/** What has changed since the roster was read before. */
export interface RosterChange {
  readonly revoked: readonly PlaneDevice[]
  /** They belong elsewhere, or have another key or password. */
  readonly moved: readonly PlaneDevice[]
}

/** All devices in memory, so that thousands come in at once, also while the database is away. */
export class Roster implements Doorkeeper {
  readonly #ctx: Ctx
  #seats = new Map<string, Seat>()
  #readAtMs = -Infinity
  readonly #changed = new Map<string, PlaneDevice>()

  constructor(ctx: Ctx) {
    this.#ctx = ctx
  }

  get(deviceId: string): Seat | null {
    return this.#seats.get(deviceId) ?? null
  }

  devices(): PlaneDevice[] {
    return [...this.#seats.values()].map(({ device }) => device)
  }

  enrolled(): Seat[] {
    return [...this.#seats.values()].filter(({ device }) => device.state === 'enrolled')
  }

  /** What has changed since it was asked before, whoever read it. */
  takeChanges(): RosterChange {
    const devices = [...this.#changed.values()]
    this.#changed.clear()
    return {
      revoked: devices.filter(({ state }) => state === 'revoked'),
      moved: devices.filter(({ state }) => state === 'enrolled'),
    }
  }

  async read(): Promise<void> {
    const before = this.#seats
    const seats = (await planeDevices(this.#ctx.db)).flatMap((device) => {
      const kept = before.get(device.id)
      const same = kept?.device.publicKey.equals(device.publicKey) ?? false
      const key = same && kept ? kept.key : publicKeyOf(device.publicKey)
      return key ? [{ device, key }] : []
    })
    this.#seats = new Map(seats.map((seat) => [seat.device.id, seat]))
    this.#readAtMs = performance.now()
    for (const { device } of seats) {
      const was = before.get(device.id)?.device
      if (was?.state === 'enrolled' && !alike(was, device)) this.#changed.set(device.id, device)
    }
  }

  /** One that was revoked comes in by the password that it had last. */
  async admit(deviceId: string, password: string): Promise<Admitted | null> {
    const known = this.#fits(deviceId, password)
    if (known !== null || performance.now() - this.#readAtMs < ASKS_AGAIN_MS) return known
    await this.read().catch(() => undefined)
    return this.#fits(deviceId, password)
  }

  #fits(deviceId: string, password: string): Admitted | null {
    const device = this.#seats.get(deviceId)?.device
    if (!brokerPasswordFits(password, device?.passwordHash ?? null) || !device) return null
    return { code: device.state === 'enrolled' ? device.outletCode : null }
  }
}

function alike(one: PlaneDevice, other: PlaneDevice): boolean {
  return (
    one.state === other.state &&
    one.outletCode === other.outletCode &&
    one.passwordHash === other.passwordHash &&
    one.publicKey.equals(other.publicKey)
  )
}
