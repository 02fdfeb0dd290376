import type { ChannelKey } from '../channel/index.ts'
import type { Ctx, Id } from '../kernel/index.ts'
import type { Content } from '../message/index.ts'
import type { Outlet } from '../outlet/index.ts'

/** A claimed row with all that a channel needs to send it: exactly what was approved, no more. */
export interface Sending {
  readonly deliveryId: Id<'delivery'>
  readonly releaseId: Id<'release'>
  readonly messageId: Id<'message'>
  readonly kind: 'original' | 'recall'
  readonly outlet: Outlet
  readonly renditions: Content['renditions']
}

/** What came of a row. `unknown`: it may have happened, and is never simply tried again. */
export type Outcome =
  | { readonly kind: 'delivered' | 'accepted'; readonly ref?: string }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'postponed'; readonly until: Date; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string }

/** How a channel sends to machines; the channels implement it, the app registers it. Nothing generic asks for one by name. */
export interface Sender {
  readonly channel: ChannelKey
  /** True where doing it twice is doing it once: a row whose worker died is then done again instead of being unknown. */
  readonly repeatable: boolean
  /** Rows at most in one call. */
  readonly batch: number
  /** One outcome a row, in their order. What it throws is an outcome nobody knows. */
  send(ctx: Ctx, rows: readonly Sending[]): Promise<readonly Outcome[]>
}
