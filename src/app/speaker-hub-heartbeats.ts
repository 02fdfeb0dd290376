import type { Ctx, Id } from '../core/kernel/index.ts'
import type { HubBoards } from './speaker-hub-port.ts'
import { keepStates, noteFault, type DeviceFaultKind, type DeviceHeartbeat } from '../core/station/index.ts'

/** What is heard is written this often, all of it in one statement. */
const WRITTEN_EVERY_MS = 1_000

interface Met {
  readonly deviceId: Id<'device'>
  readonly kind: DeviceFaultKind
  readonly detail: string
  readonly at: Date
  readonly times: number
}

/** Keeps in hand what devices say of themselves and the faults met under their names, and writes it down together. */
export class Heard {
  readonly #ctx: Ctx
  readonly #boards: HubBoards
  #holds = new Map<Id<'outlet'>, number>()
  #states = new Map<string, DeviceHeartbeat>()
  #faults = new Map<string, Met>()
  readonly #timer: NodeJS.Timeout
  #writing: Promise<void> = Promise.resolve()

  constructor(ctx: Ctx, boards: HubBoards) {
    this.#ctx = ctx
    this.#boards = boards
    this.#timer = setInterval(() => void this.write(), WRITTEN_EVERY_MS)
  }

  state(state: DeviceHeartbeat): void {
    this.#states.set(state.deviceId, state)
  }

  /** The device of a board holds this version. */
  holds(boardId: Id<'outlet'>, version: number): void {
    this.#holds.set(boardId, version)
  }

  fault(deviceId: Id<'device'>, kind: DeviceFaultKind, detail: string): void {
    const key = `${deviceId} ${kind}`
    const times = (this.#faults.get(key)?.times ?? 0) + 1
    this.#faults.set(key, { deviceId, kind, detail: detail.slice(0, 200), at: this.#ctx.clock.now(), times })
  }

  /** While the database is away the newest stays in hand: one entry a device and kind, however long. */
  write(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#writeNow())
    return this.#writing
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.write()
  }

  async #writeNow(): Promise<void> {
    const [states, faults, holds] = [this.#states, this.#faults, this.#holds]
    this.#states = new Map()
    this.#faults = new Map()
    this.#holds = new Map()
    try {
      await keepStates(this.#ctx.db, [...states.values()])
      for (const [key, met] of faults) {
        await noteFault(this.#ctx.db, met, met.times)
        faults.delete(key)
      }
      for (const [boardId, version] of holds) {
        await this.#boards.noteHeld(this.#ctx, boardId, version)
        holds.delete(boardId)
      }
    } catch {
      this.#states = new Map([...states, ...this.#states])
      this.#faults = new Map([...faults, ...this.#faults])
      this.#holds = new Map([...holds, ...this.#holds])
    }
  }
}
