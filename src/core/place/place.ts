import type { Day, Id } from '../kernel/index.ts'

export const PLACE_KINDS = [
  'country',
  'province',
  'city',
  'district',
  'town',
  'commune',
  'ward',
  'township',
  'village',
] as const
export type PlaceKind = (typeof PLACE_KINDS)[number]

/** From the top down. */
export const PLACE_LEVELS = ['national', 'province', 'district', 'commune', 'village'] as const
export type PlaceLevel = (typeof PLACE_LEVELS)[number]

/** A unit of the administrative tree, with a lifetime. When it ends it names what it became; it is never moved or erased. */
export interface Place {
  readonly id: Id<'place'>
  readonly code: string
  readonly kind: PlaceKind
  readonly level: PlaceLevel
  readonly name: string
  readonly parentId: Id<'place'> | null
  readonly aliveFrom: Day | null
  readonly aliveTo: Day | null
  /** BCP 47 tags of what people there speak; none where nobody has said: see `languagesSpokenIn`. */
  readonly languages: readonly string[]
  readonly latitude: number | null
  readonly longitude: number | null
  readonly areaKm2: number | null
  readonly note: string | null
}
