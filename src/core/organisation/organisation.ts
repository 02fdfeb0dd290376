import type { Day, Id } from '../kernel/index.ts'

export const ORGANISATION_KINDS = [
  'department',
  'agency',
  'police',
  'border_guard',
  'army',
  'party',
  'front',
  'mass_organisation',
  'press',
  'press_office',
  'peoples_committee',
  'office',
  'centre',
  'station',
  'foreign_portal',
  'ministry',
  'other',
] as const
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number]

export const LEVELS = ['national', 'province', 'district', 'commune'] as const
export type Level = (typeof LEVELS)[number]

/** A body that acts in a place, with a lifetime: it ends and names who carries its duties on, it is never erased. */
export interface Organisation {
  readonly id: Id<'organisation'>
  readonly code: string
  readonly name: string
  readonly aliases: readonly string[]
  readonly kind: OrganisationKind
  readonly level: Level
  readonly placeId: Id<'place'>
  readonly parentId: Id<'organisation'> | null
  readonly aliveFrom: Day | null
  readonly aliveTo: Day | null
  readonly note: string | null
}

export interface Succession {
  readonly fromCode: string
  readonly toCode: string
  readonly onDay: Day
  /** Which of its duties went there; '' means all. */
  readonly duty: string
}
