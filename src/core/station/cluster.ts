import type { Day, Id } from '../kernel/index.ts'

export const NETWORKS = ['3g', '4g', 'lan', 'fm', 'wired'] as const
export type Network = (typeof NETWORKS)[number]

/** Cluster (cụm loa): some loudspeakers on one pole, with one device or one receiver. */
export interface Cluster {
  readonly id: Id<'cluster'>
  readonly stationId: Id<'outlet'>
  readonly code: string
  readonly name: string
  readonly village: string
  readonly network: Network
  readonly latitude: number | null
  readonly longitude: number | null
  /** How many loudspeakers hang there. */
  readonly horns: number
  /** BCP 47 of who listens there; none: what is spoken at the station. */
  readonly languages: readonly string[]
  readonly aliveFrom: Day | null
  readonly aliveTo: Day | null
  readonly note: string | null
}
