import { Refusal, type Day, type Id } from '../kernel/index.ts'

export const MEDIA_KINDS = ['picture', 'audio', 'video', 'document'] as const
export type MediaKind = (typeof MEDIA_KINDS)[number]

export const SHELVES = ['library', 'evidence'] as const
export type Shelf = (typeof SHELVES)[number]

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
  /** Goes up with each change of what is said about it. */
  readonly revision: number
  /** Faces the machine found in a picture; null where it has not looked. */
  readonly faces: number | null
  /** Why the faces may be shown beside a survivor's story; null where nobody has answered for them. */
  readonly facesAnswer: string | null
  /** The picture whose faces were blurred in this one. */
  readonly madeFrom: Id<'media'> | null
  /** `library`: what messages may show; `evidence`: what only proves, and is shown in the office alone. */
  readonly shelf: Shelf
}

/** A face as parts of the upright picture's width and height, from its upper left corner. */
export interface Face {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface MediaSize {
  readonly name: 'small' | 'large'
  readonly sha256: string
  readonly mime: string
  readonly width: number
  readonly height: number
}

type Usable = Pick<Media, 'kind' | 'state' | 'alternative' | 'rightsOwner' | 'rightsUntil' | 'withdrawnAt' | 'shelf'>

/** Why a message may not use it on this day; null when it may. */
export function whyNotUse(media: Usable, day: Day): Refusal | null {
  if (media.withdrawnAt !== null) return new Refusal('media.is_withdrawn')
  if (media.shelf === 'evidence') return new Refusal('media.is_evidence')
  if (media.state === 'broken') return new Refusal('media.is_broken')
  if (media.state === 'waiting') return new Refusal('media.is_waiting')
  if (media.rightsOwner === '') return new Refusal('media.no_rights')
  if (media.rightsUntil !== null && media.rightsUntil < day) return new Refusal('media.rights_over')
  return media.kind === 'picture' && media.alternative === '' ? new Refusal('media.no_alternative') : null
}

/**
 * Why what only proves may not be taken into the library, from where it can become public; null when it may. The faces
 * in a picture are blurred in another one, or answered for, before.
 */
export function whyNotShelve(media: Pick<Media, 'kind' | 'faces' | 'facesAnswer' | 'shelf' | 'state'>): Refusal | null {
  if (media.shelf === 'library') return new Refusal('media.in_library')
  if (media.state !== 'ready') return new Refusal(media.state === 'broken' ? 'media.is_broken' : 'media.is_waiting')
  return whyNotInStory(media)
}

/** Why it may not stand beside a story of a survivor; null when it may. */
export function whyNotInStory({
  kind,
  faces,
  facesAnswer,
}: Pick<Media, 'kind' | 'faces' | 'facesAnswer'>): Refusal | null {
  if (kind !== 'picture' || facesAnswer !== null) return null
  if (faces === null) return new Refusal('media.faces_unsure')
  return faces > 0 ? new Refusal('media.faces', { faces }) : null
}

/** Two pictures whose hashes differ in no more bits than this look the same to a person. */
export const ALIKE_BITS = 8
