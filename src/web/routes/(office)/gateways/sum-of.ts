import type { GatewayMinute } from '#core/gateway/index.ts'

/** Several minutes as one. */
export function sumOf(minutes: readonly GatewayMinute[]) {
  const sum = (of: (minute: GatewayMinute) => number) => minutes.reduce((total, minute) => total + of(minute), 0)
  return { sent: sum(({ sent }) => sent), bad: sum(({ bad }) => bad), receipts: sum(({ receipts }) => receipts) }
}
