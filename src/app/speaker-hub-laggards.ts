import type { Ctx } from '../core/kernel/index.ts'
import type { PlaneDevice } from '../core/station/index.ts'
import type { Plane } from '../platform/speakers/plane.ts'
import { topics, type Down } from '../platform/speakers/protocol.ts'
import type { StandingMessages } from './speaker-hub-standing.ts'
import type { Standing } from './speaker-hub-wanted.ts'

/** What was said less long ago may still be on its way. */
const ON_ITS_WAY_MS = 60_000
const AGAIN_AFTER_MS = 300_000

/**
 * A broker may lose what it keeps for whoever comes, or keep it on one node of several, as RabbitMQ does: a device that says it
 * holds less than stands is given that once more, by the topic of its own, and one that comes back the warning that holds. To
 * whom has it already it is the very same message, which is no news.
 */
export class Laggards {
  readonly #ctx: Ctx
  readonly #plane: Plane
  readonly #standing: StandingMessages
  readonly #toldAtMs = new Map<string, number>()
  readonly #versions = new WeakMap<Standing, number>()

  constructor(ctx: Ctx, plane: Plane, standing: StandingMessages) {
    this.#ctx = ctx
    this.#plane = plane
    this.#standing = standing
  }

  /** A device has said which version of its schedule, or of what its board shows, it holds. */
  holds({ id, outletCode, shows }: PlaneDevice, version: number): void {
    const stands = this.#standing.of(outletCode, shows ? 'showings' : 'schedule')
    const nowMs = this.#ctx.clock.now().getTime()
    if (!stands?.published || nowMs - stands.issuedAt.getTime() < ON_ITS_WAY_MS) return
    if (version >= this.#versionOf(stands) || nowMs - (this.#toldAtMs.get(id) ?? -Infinity) < AGAIN_AFTER_MS) return
    this.#toldAtMs.set(id, nowMs)
    this.#tell(id, stands)
  }

  /** A device speaks again that was silent. */
  cameBack({ id, outletCode, shows }: PlaneDevice): void {
    const warning = shows ? undefined : this.#standing.of(outletCode, 'emergency')
    if (warning && warning.envelope !== '' && warning.validUntil > this.#ctx.clock.now()) this.#tell(id, warning)
  }

  /** It says again what it holds where this is lost, too. */
  #tell(deviceId: string, { envelope }: Standing): void {
    void this.#plane.publish(topics.device(deviceId), Buffer.from(envelope), { retain: false }).catch(() => undefined)
  }

  #versionOf(stands: Standing): number {
    const known = this.#versions.get(stands) ?? versionIn(stands.envelope)
    this.#versions.set(stands, known)
    return known
  }
}

/** As we have signed it ourselves. */
function versionIn(envelope: string): number {
  const { p } = JSON.parse(envelope) as { p: string }
  const { body } = JSON.parse(Buffer.from(p, 'base64url').toString('utf8')) as Down
  return 'version' in body ? body.version : 0
}
