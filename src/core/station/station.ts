import type { Day, Id } from '../kernel/index.ts'

export const CARRIAGES = ['ip', 'fm', 'wired'] as const
/** How the programme of a station reaches its clusters: over IP to devices of ours, by FM or by wire. */
export type Carriage = (typeof CARRIAGES)[number]

export const UNDECIDED = ['skip', 'play'] as const
/** What becomes of an ordinary bulletin that nobody has chosen or left out before its slot begins. */
export type Undecided = (typeof UNDECIDED)[number]

/** Volume, 0 to 100, from one `HH:MM` to another in the time of Vietnam. */
export interface VolumeHour {
  readonly from: string
  readonly to: string
  readonly volume: number
}

/** Station (đài truyền thanh): an outlet with clusters and a programme. Its id is the id of its outlet. */
export interface Station {
  readonly id: Id<'outlet'>
  readonly code: string
  readonly name: string
  readonly placeId: Id<'place'>
  readonly organisationId: Id<'organisation'>
  /** BCP 47; none: what is spoken in its place. */
  readonly languages: readonly string[]
  /** `HH:MM`; from one to the other nothing but an emergency sounds. */
  readonly quietFrom: string | null
  readonly quietTo: string | null
  readonly aliveTo: Day | null
  readonly pausedAt: Date | null
  readonly pausedReason: string | null
  readonly carriage: Carriage
  readonly latitude: number | null
  readonly longitude: number | null
  /** Null where nobody has set it. */
  readonly minutesADay: number | null
  readonly repeatsADay: number | null
  /** 0 to 100, outside of `volumeHours`. */
  readonly volume: number
  readonly volumeHours: readonly VolumeHour[]
  readonly chime: boolean
  readonly undecided: Undecided
  /** Counts on with every change of what its devices hold. */
  readonly scheduleVersion: number
}

/** What of a station stands here; the rest is its outlet's. */
export type StationFacts = Pick<
  Station,
  | 'carriage'
  | 'latitude'
  | 'longitude'
  | 'minutesADay'
  | 'repeatsADay'
  | 'volume'
  | 'volumeHours'
  | 'chime'
  | 'undecided'
>

/** A device that has said nothing for longer than this is not heard of. */
export const HEARD_WITHIN_MINUTES = 10

/** Since when a device must have said something to count as heard of. */
export function heardSince(now: Date): Date {
  return new Date(now.getTime() - HEARD_WITHIN_MINUTES * 60_000)
}

/** How the clusters of a station are: told by their devices, so of no station that is played by hand. */
export const HEARINGS = ['all', 'some', 'none', 'no_cluster', 'by_hand'] as const
export type Hearing = (typeof HEARINGS)[number]

export function hearingOf({ carriage }: Pick<Station, 'carriage'>, clusters: number, heard: number): Hearing {
  if (carriage !== 'ip') return 'by_hand'
  if (clusters === 0) return 'no_cluster'
  if (heard === 0) return 'none'
  return heard < clusters ? 'some' : 'all'
}
