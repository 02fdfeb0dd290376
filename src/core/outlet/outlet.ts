import type { ChannelKey } from '../channel/index.ts'
import type { Day, Id } from '../kernel/index.ts'

export const OUTLET_KINDS = [
  'portal_page',
  'newsroom',
  'subscribers',
  'station',
  'carrier',
  'gateway',
  'webhook',
  'notice_board',
  'led_board',
  'school',
  'market',
  'mobile_team',
  'office',
  'other',
] as const
export type OutletKind = (typeof OUTLET_KINDS)[number]

export const MEANS = ['machine', 'manual'] as const
/** Whether a machine takes what goes there, or a person does something and sends proof. */
export type Means = (typeof MEANS)[number]

/** One concrete end of a way out (điểm phát, nơi nhận). */
export interface Outlet {
  readonly id: Id<'outlet'>
  readonly code: string
  readonly name: string
  readonly kind: OutletKind
  readonly channel: ChannelKey
  readonly means: Means
  readonly placeId: Id<'place'>
  /** The body that owns it and answers for what goes there. */
  readonly organisationId: Id<'organisation'>
  /** BCP 47; none: what is spoken in its place. */
  readonly languages: readonly string[]
  /** Where a machine sends: an address of the web or of mail. Empty where there is none. */
  readonly address: string
  /** `HH:MM` in the time of Vietnam; nothing goes there from one to the other. */
  readonly quietFrom: string | null
  readonly quietTo: string | null
  readonly aliveFrom: Day | null
  readonly aliveTo: Day | null
  readonly note: string | null
  readonly pausedAt: Date | null
  readonly pausedReason: string | null
}
