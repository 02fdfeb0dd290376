import type { DeliveryState } from '#core/release/index.ts'

/** How each state of a row looks, beside its word. */
export const TONES = {
  planned: 'open',
  due: 'open',
  claimed: 'waiting',
  accepted: 'waiting',
  delivered: 'done',
  failed: 'problem',
  cancelled: 'open',
  expired: 'problem',
  unknown: 'problem',
} as const satisfies Record<DeliveryState, string>

/** The same for a badge, which has no tone for what simply waits its turn. */
export function badgeTone(state: DeliveryState): 'done' | 'waiting' | 'problem' | undefined {
  const tone = TONES[state]
  return tone === 'open' ? undefined : tone
}
