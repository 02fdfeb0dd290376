import type { Id } from '../kernel/index.ts'

/** `expected` has no key yet; `revoked` is believed in nothing any more. */
export const DEVICE_STATES = ['expected', 'enrolled', 'revoked'] as const
export type DeviceState = (typeof DEVICE_STATES)[number]

/** Device (thiết bị) that plays at a cluster or shows a board; who has its key is it. */
export interface Device {
  readonly id: Id<'device'>
  /** Its station, or its board. */
  readonly outletId: Id<'outlet'>
  /** Null at a board. */
  readonly clusterId: Id<'cluster'> | null
  readonly code: string
  readonly state: DeviceState
  /** Ed25519, 32 bytes; null until it has enrolled. */
  readonly publicKey: Uint8Array | null
  readonly replacesId: Id<'device'> | null
  readonly addedAt: Date
  readonly enrolledAt: Date | null
  readonly revokedAt: Date | null
  readonly revokedReason: string | null
}
