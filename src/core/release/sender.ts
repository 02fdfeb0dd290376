import type { ChannelKey } from '../channel/index.ts'
import type { Gateway } from '../gateway/index.ts'
import type { Ctx, Id } from '../kernel/index.ts'
import type { Content } from '../message/index.ts'
import type { Outlet } from '../outlet/index.ts'
import type { Lane, Release } from './release.ts'

/** A claimed row with all that a channel needs to send it: exactly what was approved, no more. */
export interface Sending {
  readonly deliveryId: Id<'delivery'>
  readonly releaseId: Id<'release'>
  readonly messageId: Id<'message'>
  /** What a correction, a replacement or a recall follows. */
  readonly ofReleaseId: Id<'release'> | null
  readonly kind: Release['kind']
  /** True where the outlet has what is corrected or replaced: it is told so. False: it gets the new words as news. */
  readonly corrects: boolean
  readonly lane: Lane
  readonly outlet: Outlet
  /** The subscriber, where the outlet is a list; whose contact point only the slice `subscriber` opens. */
  readonly recipientId: Id<'subscriber'> | null
  /** The road it goes by; null where its channel has none registered. */
  readonly gateway: Gateway | null
  /** 1 at the first attempt. */
  readonly attempt: number
  /** When it can no longer be of use; null without an end. */
  readonly expiresAt: Date | null
  readonly renditions: Content['renditions']
}

/** What came of a row. `unknown`: it may have happened, and is never simply tried again. */
export type Outcome =
  /** `refs`: what the provider will name in its receipts, one a part, in their order. */
  | { readonly kind: 'delivered' | 'accepted'; readonly ref?: string; readonly refs?: readonly string[] }
  | { readonly kind: 'refused'; readonly reason: string }
  /** `tried`: it may have arrived all the same, as when the answer was lost; only where doing it twice is doing it once. */
  | { readonly kind: 'postponed'; readonly until: Date; readonly reason: string; readonly tried?: boolean }
  /** `refs` of the parts that were taken before the rest became unknown; `parts`: how many there are in all. */
  | { readonly kind: 'unknown'; readonly reason: string; readonly refs?: readonly string[]; readonly parts?: number }

/** What a provider says when asked about a row nobody knows of. `missing`: it surely never had it, so it may go again. */
export type Answer =
  | { readonly kind: 'delivered' | 'accepted' | 'failed' | 'missing'; readonly reason?: string }
  | { readonly kind: 'unknown' }

/** A row nobody knows of, with what its provider needs to look it up. */
export interface Asking {
  readonly deliveryId: Id<'delivery'>
  readonly releaseId: Id<'release'>
  readonly gateway: Gateway | null
  readonly outlet: Outlet
  /** The reference the provider gave, if it came to that; several parts have theirs in `refs`. */
  readonly ref: string | null
  readonly refs: readonly string[]
}

/** How a channel sends to machines; the channels implement it, the app registers it. Nothing generic asks for one by name. */
export interface Sender {
  readonly channel: ChannelKey
  /** True where doing it twice is doing it once: a row whose worker died is then done again instead of being unknown. */
  readonly repeatable: boolean
  /** True where a machine can take back what it was given; then the end of a release may do so by itself. */
  readonly withdraws: boolean
  /** True where what arrived may be lost there, and sending the same row once more brings it back without doubling it. */
  readonly redrives?: boolean
  /** Rows at most in one call. */
  readonly batch: number
  /**
   * Hours after which no news is good news: what was accepted and never came back is taken for delivered. Without it a
   * receipt is waited for, and what never gets one is known to nobody.
   */
  readonly arrivedAfterHours?: number
  /** How many calls of `send` one process may have under way at once; 1 where nothing is said. */
  readonly atOnce?: number
  /**
   * One outcome a row, in their order. What it throws is an outcome nobody knows. Rows of one call go by one gateway.
   * `signal` fires when the claim is about to lapse: what has not begun by then is to be postponed.
   */
  send(ctx: Ctx, rows: readonly Sending[], signal: AbortSignal): Promise<readonly Outcome[]>
  /** Asks what became of rows nobody knows of; reading is free, so it may be asked again and again. */
  ask?(ctx: Ctx, rows: readonly Asking[]): Promise<readonly Answer[]>
  /** Lets go of its connections, when the process ends. */
  close?(): Promise<void>
}

/** What a machine says later about what it took; double ones and ones that come too early are dealt with. */
export interface Receipt {
  readonly gatewayId: Id<'gateway'>
  readonly ref: string
  readonly state: 'delivered' | 'failed'
  /** When it happened, as the machine says. */
  readonly at: Date
  readonly detail: string
}
