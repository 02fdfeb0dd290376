import { Refusal, type Day, type Id } from '../kernel/index.ts'
import type { Count } from './count.ts'

export const ACTIVITY_STATES = ['sent', 'returned', 'accepted', 'withdrawn'] as const
export type ActivityState = (typeof ACTIVITY_STATES)[number]
/** States in which its numbers count. */
export const COUNTING_STATES = ['sent', 'accepted'] as const satisfies readonly ActivityState[]

/** How sure one can be of it, derived by `gradeOf` and never typed (mức xác thực). */
export const GRADES = ['machine', 'documented', 'declared'] as const
export type Grade = (typeof GRADES)[number]

/** How high it was accepted: the place of a level in this list. */
export const ACCEPTANCES = ['none', 'commune', 'district', 'province', 'national'] as const
export type Acceptance = 0 | 1 | 2 | 3 | 4

/** What may be done in which state. */
export const ACTIVITY_MAY = {
  amend: ['sent', 'returned'],
  attach: ['sent', 'returned'],
  withdraw: ['sent', 'returned'],
  return: ['sent', 'accepted'],
  accept: ['sent', 'accepted'],
  answer: ['sent', 'returned', 'accepted'],
} satisfies Record<string, readonly ActivityState[]>
export type ActivityDeed = keyof typeof ACTIVITY_MAY

/** One thing that people did by hand (hoạt động): where, when, of what, with what numbers. */
export interface Activity {
  /** Made by the device, so that what is sent twice is one. */
  readonly id: Id<'activity'>
  /** The row of a table it came by. */
  readonly sourceKey: string | null
  readonly kind: string
  readonly organisationId: Id<'organisation'>
  /** The body that asked for it: who set its task, else whose campaign it is, else the body above. */
  readonly owedTo: Id<'organisation'>
  readonly placeId: Id<'place'>
  readonly campaignId: Id<'campaign'> | null
  readonly taskId: Id<'task'> | null
  readonly releaseId: Id<'release'> | null
  readonly messageId: Id<'message'> | null
  /** The theme of the campaign it is counted under. */
  readonly themeId: Id<'campaign_part'> | null
  readonly audience: string
  /** BCP 47 of what was said. */
  readonly language: string
  readonly day: Day
  /** `HH:MM` in the time of Vietnam. */
  readonly beganAt: string | null
  /** Where exactly, as `chợ phiên Bản Hồ`. */
  readonly spot: string
  readonly topic: string
  readonly note: string
  readonly counts: readonly Count[]
  readonly state: ActivityState
  readonly acceptance: Acceptance
  readonly grade: Grade
  readonly sentBy: Id<'person'> | null
  readonly sentThrough: 'form' | 'queue' | 'sheet'
  /** By the clock of the device. */
  readonly madeAt: Date
  readonly receivedAt: Date
  /** Grows with every change. */
  readonly revision: number
}

export function whyNotActivity({ state }: Pick<Activity, 'state'>, deed: ActivityDeed): Refusal | null {
  const states: readonly ActivityState[] = ACTIVITY_MAY[deed]
  return states.includes(state) ? null : new Refusal(`evidence.is_${state}`)
}

export interface Proof {
  readonly id: Id<'activity_proof'>
  readonly kind: 'photo' | 'voice' | 'document' | 'link' | 'machine'
  readonly mediaId: Id<'media'> | null
  /** The address of a link, the reference of a machine; else empty. */
  readonly value: string
  /** The same picture shows another activity, and nobody has answered for it. */
  readonly doubtful: boolean
  readonly addedAt: Date
}

/** What a machine confirmed is sure; what a picture, a paper or an address shows is documented; the rest was said. */
export function gradeOf(proofs: readonly Pick<Proof, 'kind' | 'doubtful'>[]): Grade {
  if (proofs.some(({ kind }) => kind === 'machine')) return 'machine'
  const documents = proofs.filter(({ kind, doubtful }) => kind !== 'voice' && !doubtful)
  return documents.length > 0 ? 'documented' : 'declared'
}
