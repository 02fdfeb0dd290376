import type { ChannelKey } from '../channel/index.ts'
import type { Id } from '../kernel/index.ts'

/** A road by which a channel sends to machines (cổng gửi). */
export interface Gateway {
  readonly id: Id<'gateway'>
  readonly code: string
  readonly name: string
  readonly channel: ChannelKey
  /** Which adapter of the channel speaks to it, as `smpp` or `http`. */
  readonly kind: string
  /** Whose outlets alone it serves; null: those of every body that has none of its own. */
  readonly organisationId: Id<'organisation'> | null
  /** What the adapter asks for, as host and port; never a secret. */
  readonly settings: Readonly<Record<string, string | number | boolean>>
  /** Sealed by the secret box about `gateway:<id>`. */
  readonly secretSealed: string | null
  /** Percent of the work of its channel it is meant to take, and takes now. */
  readonly share: number
  readonly shareNow: number
  readonly ratePerSecond: number
  /** How many rows may be under way at once, 1 to 1,000. */
  readonly windowSize: number
  /** A simulator of ours stands there, nobody's machine. */
  readonly simulated: boolean
  readonly pausedAt: Date | null
  readonly pausedReason: string | null
}
