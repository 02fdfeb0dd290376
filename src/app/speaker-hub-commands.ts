import type { Ctx, Id } from '../core/kernel/index.ts'
import { newId } from '../core/kernel/index.ts'
import { openCommands, type DeviceCommand, type SigningKey } from '../core/station/index.ts'
import type { Plane } from '../platform/speakers/plane.ts'
import { topics, type CommandBody } from '../platform/speakers/protocol.ts'
import { signed, signedAll } from './speaker-hub-sign.ts'

/** A device that came back answers what it has done by its log: only after that time it is told again. */
const SAID_AGAIN_AFTER_MS = 60_000
/** A device that was silent for longer was away. */
const AWAY_AFTER_MS = 90_000
const REVOKED_HOLDS_MS = 3_600_000
/** In that time a device that was revoked is told so by one message, however often it comes or speaks. */
const REVOKED_AGAIN_MS = 600_000
/** One that speaks may have come back since it was told: where the broker is not ours that is all that shows it. */
const REVOKED_SAID_AGAIN_MS = 10_000
/** What it says within that time of its first word since is its goodbye: it is told in answer to that. */
const GOODBYE_MS = 60_000

interface Revocation {
  readonly keyId: string
  readonly signedAtMs: number
  saidAtMs: number
  readonly bytes: Promise<Buffer>
}

/** Says commands once to each device that is here, and again to one that was away in between and has not answered. */
export class Commands {
  readonly #ctx: Ctx
  readonly #plane: Plane
  readonly #saidAt = new Map<string, number>()
  readonly #backAt = new Map<string, number>()
  readonly #heardAt = new Map<string, number>()
  readonly #revocations = new Map<string, Revocation>()
  readonly #spokeRevokedAt = new Map<string, number>()

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
    const due = (await openCommands(this.#ctx.db, now)).filter((command) => this.#isDue(command, now.getTime()))
    // Several to one device get a number each: one of each device at a time.
    for (const turn of turnsOf(due)) {
      const messages = turn.map((command) => ({
        ...to(command.deviceId),
        body: bodyOf(command),
        validUntil: command.until,
      }))
      const bytes = await signedAll(this.#ctx, messages, key)
      await Promise.all(
        turn.map(async ({ id, deviceId }, at) => {
          await this.#plane.publish(topics.device(deviceId), bytes[at] ?? Buffer.of(), { retain: false })
          this.#saidAt.set(id, now.getTime())
        }),
      )
    }
  }

  /** One that has come to listen hears it each time, the same message again; one that goes on speaking, now and then. */
  async sayRevoked(deviceId: Id<'device'>, key: SigningKey, listens: boolean): Promise<void> {
    const now = this.#ctx.clock.now().getTime()
    const last = this.#revocations.get(deviceId)
    const stands = last?.keyId === key.id && now - last.signedAtMs < REVOKED_AGAIN_MS
    if (stands && !listens && now - last.saidAtMs < REVOKED_SAID_AGAIN_MS) return
    const told = stands ? last : this.#signRevocation(deviceId, key)
    told.saidAtMs = now
    await this.#plane.publish(topics.device(deviceId), await told.bytes, { retain: false })
  }

  /** Whether a device that was revoked speaks now though it has heard so a while ago, in answer to its first word since. */
  ignoresRevocation(deviceId: Id<'device'>): boolean {
    const now = this.#ctx.clock.now().getTime()
    const spokeAtMs = this.#spokeRevokedAt.get(deviceId) ?? now
    this.#spokeRevokedAt.set(deviceId, spokeAtMs)
    return now - spokeAtMs >= GOODBYE_MS
  }

  #signRevocation(deviceId: Id<'device'>, key: SigningKey): Revocation {
    const now = this.#ctx.clock.now().getTime()
    const body: CommandBody = { kind: 'command', id: newId(), command: 'revoked' }
    const validUntil = new Date(now + REVOKED_HOLDS_MS)
    const bytes = signed(this.#ctx, { ...to(deviceId), body, validUntil }, key)
    const made: Revocation = { keyId: key.id, signedAtMs: now, saidAtMs: now, bytes }
    this.#revocations.set(deviceId, made)
    bytes.catch(() => this.#revocations.get(deviceId) === made && this.#revocations.delete(deviceId))
    return made
  }

  #isDue({ id, deviceId }: DeviceCommand, now: number): boolean {
    const back = this.#backAt.get(deviceId)
    if (back === undefined) return false
    const said = this.#saidAt.get(id)
    return said === undefined || (said < back && now - back >= SAID_AGAIN_AFTER_MS)
  }
}

function to(deviceId: Id<'device'>) {
  return { recipient: `d/${deviceId}`, kind: 'command' as const }
}

/** The first of each device, then the second of each, and so on. */
function turnsOf(commands: readonly DeviceCommand[]): DeviceCommand[][] {
  const turns: DeviceCommand[][] = []
  for (const own of Map.groupBy(commands, ({ deviceId }) => deviceId).values())
    own.forEach((command, at) => (turns[at] ??= []).push(command))
  return turns
}

function bodyOf({ id, kind, facts }: DeviceCommand): CommandBody {
  return { kind: 'command', id, command: kind, ...(facts.volume !== undefined && { volume: facts.volume }) }
}
