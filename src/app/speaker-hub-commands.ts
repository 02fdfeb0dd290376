import type { Ctx, Id } from '../core/kernel/index.ts'
import { newId } from '../core/kernel/index.ts'
import { openCommands, type DeviceCommand, type SigningKey } from '../core/station/index.ts'
import type { Plane } from '../platform/speakers/plane.ts'
import { topics, type CommandBody } from '../platform/speakers/protocol.ts'
import { signed } from './speaker-hub-sign.ts'

/** A device that came back answers what it has done by its log: only after that time it is told again. */
const SAID_AGAIN_AFTER_MS = 60_000
/** A device that was silent for longer was away. */
const AWAY_AFTER_MS = 90_000
const REVOKED_HOLDS_MS = 3_600_000

/** Says commands once to each device that is here, and again to one that was away in between and has not answered. */
export class Commands {
  readonly #ctx: Ctx
  readonly #plane: Plane
  readonly #saidAt = new Map<string, number>()
  readonly #backAt = new Map<string, number>()
  readonly #heardAt = new Map<string, number>()

  constructor(ctx: Ctx, plane: Plane) {
    this.#ctx = ctx
    this.#plane = plane
  }

  /** A device hears its own topic from now on. Answers whether it was away before. */
  back(deviceId: string): boolean {
    const now = this.#ctx.clock.now().getTime()
    this.#backAt.set(deviceId, now)
    this.#heardAt.set(deviceId, now)
    return true
  }

  /** What is said now nobody hears: it waits. */
  gone(deviceId: string): void {
    this.#backAt.delete(deviceId)
  }

  /** Something was heard of a device; where the broker is not ours that is how it shows that it came back. */
  heard(deviceId: string): boolean {
    const now = this.#ctx.clock.now().getTime()
    const last = this.#heardAt.get(deviceId) ?? -Infinity
    this.#heardAt.set(deviceId, now)
    return now - last > AWAY_AFTER_MS && this.back(deviceId)
  }

  async sayOpen(key: SigningKey): Promise<void> {
    const now = this.#ctx.clock.now()
    for (const command of await openCommands(this.#ctx.db, now)) {
      if (!this.#isDue(command, now.getTime())) continue
      await this.#say(command.deviceId, bodyOf(command), command.until, key)
      this.#saidAt.set(command.id, now.getTime())
    }
  }

  async sayRevoked(deviceId: Id<'device'>, key: SigningKey): Promise<void> {
    const until = new Date(this.#ctx.clock.now().getTime() + REVOKED_HOLDS_MS)
    await this.#say(deviceId, { kind: 'command', id: newId(), command: 'revoked' }, until, key)
  }

  #isDue({ id, deviceId }: DeviceCommand, now: number): boolean {
    const back = this.#backAt.get(deviceId)
    if (back === undefined) return false
    const said = this.#saidAt.get(id)
    return said === undefined || (said < back && now - back >= SAID_AGAIN_AFTER_MS)
  }

  async #say(deviceId: Id<'device'>, body: CommandBody, validUntil: Date, key: SigningKey): Promise<void> {
    const message = { recipient: `d/${deviceId}`, kind: 'command' as const, body, validUntil }
    await this.#plane.publish(topics.device(deviceId), await signed(this.#ctx, message, key), { retain: false })
  }
}

function bodyOf({ id, kind, facts }: DeviceCommand): CommandBody {
  return { kind: 'command', id, command: kind, ...(facts.volume !== undefined && { volume: facts.volume }) }
}
