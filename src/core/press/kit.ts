import type { Ctx, Id } from '../kernel/index.ts'
import type { StandingItem } from './item.ts'
import type { Outlet } from '../outlet/index.ts'

/** The press kit of one delivery (bộ tài liệu báo chí): by mail, beside the wire. */
export interface Kit {
  readonly deliveryId: Id<'delivery'>
  readonly outletId: Id<'outlet'>
  readonly state: 'waiting' | 'sending' | 'sent' | 'refused' | 'unknown'
  readonly at: Date
  /** Worded under `press_kit_reason_<code>` where it is one of ours, else as the mail server said it. */
  readonly reason: string
}

export type KitOutcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'refused' | 'unknown'; readonly reason: string }
  /** It surely has not left; the job tries again. */
  | { readonly kind: 'postponed'; readonly reason: string }

/** Mails a kit to a newsroom; the channel implements it over the mail of the platform, the app registers it. */
export type KitMailer = (ctx: Ctx, outlet: Outlet, items: readonly StandingItem[]) => Promise<KitOutcome>
