import type { DeliveryState } from '#core/release/index.ts'

/** How each state of a row looks, beside its word. */
export const TONES = {
  planned: 'open',
  due: 'open',
  claimed: 'waiting',
  accepted: 'waiting',
  delivered: 'done',
  failed: 'problem',
  cancelled: 'closed',
  expired: 'closed',
  unknown: 'doubt',
} as const satisfies Record<DeliveryState, string>

/** The order in which the bar adds up: what is done, what is on its way, what waits, what went wrong, what was stopped. */
export const IN_ORDER = [
  'delivered',
  'accepted',
  'claimed',
  'due',
  'planned',
  'failed',
  'unknown',
  'expired',
  'cancelled',
] as const satisfies readonly DeliveryState[]

/** States that one number stands for, where there is no room for all of them. */
export const STANDINGS = {
  arrived: ['delivered'],
  moving: ['claimed', 'accepted'],
  waiting: ['planned', 'due'],
  refused: ['failed'],
  lost: ['unknown'],
  stopped: ['expired', 'cancelled'],
} as const satisfies Record<string, readonly DeliveryState[]>
export type Standing = keyof typeof STANDINGS

/** The same for a badge, which has no tone for what simply waits its turn or was stopped. */
export function badgeTone(state: DeliveryState): 'done' | 'waiting' | 'problem' | 'doubt' | undefined {
  const tone = TONES[state]
  return tone === 'open' || tone === 'closed' ? undefined : tone
}
