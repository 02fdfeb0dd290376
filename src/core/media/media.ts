import { Refusal, type Day, type Id } from '../kernel/index.ts'

export const MEDIA_KINDS = ['picture', 'audio', 'video', 'document'] as const
export type MediaKind = (typeof MEDIA_KINDS)[number]

/** A picture, a sound, a film or a paper by content hash, with its rights (tư liệu). */
export interface Media {
  readonly id: Id<'media'>
  readonly organisationId: Id<'organisation'>
  readonly sha256: string
  readonly kind: MediaKind
  /** By its bytes, not by its name. */
  readonly mime: string
  readonly fileName: string
  readonly bytes: number
  readonly title: string
  /** What a picture shows, in words, for who does not see it. */
  readonly alternative: string
  readonly rightsOwner: string
  readonly rightsTerms: string
  /** Last day on which it may be used; null without an end. */
  readonly rightsUntil: Day | null
  readonly width: number | null
  readonly height: number | null
  readonly takenOn: Day | null
  /** `waiting` for its sizes, `ready`, or `broken`: no picture could be made of it. */
  readonly state: 'waiting' | 'ready' | 'broken'
  readonly addedAt: Date
  readonly withdrawnAt: Date | null
  readonly withdrawnReason: string | null
}

export interface MediaSize {
  readonly name: 'small' | 'large'
  readonly sha256: string
  readonly mime: string
  readonly width: number
  readonly height: number
}

type Usable = Pick<Media, 'kind' | 'state' | 'alternative' | 'rightsOwner' | 'rightsUntil' | 'withdrawnAt'>

/** Why a message may not use it on this day; null when it may. */
export function whyNotUse(media: Usable, day: Day): Refusal | null {
  if (media.withdrawnAt !== null) return new Refusal('media.is_withdrawn')
  if (media.state === 'broken') return new Refusal('media.is_broken')
  if (media.state === 'waiting') return new Refusal('media.is_waiting')
  if (media.rightsOwner === '') return new Refusal('media.no_rights')
  if (media.rightsUntil !== null && media.rightsUntil < day) return new Refusal('media.rights_over')
  return media.kind === 'picture' && media.alternative === '' ? new Refusal('media.no_alternative') : null
}

/** Two pictures whose hashes differ in no more bits than this look the same to a person. */
export const ALIKE_BITS = 8
