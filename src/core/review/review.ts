import type { ChannelKey } from '../channel/index.ts'
import { Refusal, type Actor, type Day, type Id, type Role } from '../kernel/index.ts'

export const STEP_NAMES = ['edit', 'facts', 'orientation', 'survivor', 'lead'] as const
export type StepName = (typeof STEP_NAMES)[number]
export type Verdict = 'approve' | 'return'

/** A step that a kind of message goes through; steps of one ordinal go at the same time. */
export interface ReviewStep {
  readonly ordinal: number
  readonly name: StepName
  readonly role: Role
  /** Taken in bodies of these kinds; without any, in the body that wrote the message or above it. */
  readonly organisationKinds: readonly string[]
  /** Taken where the message goes out by one of these channels; without any, always. */
  readonly channels: readonly ChannelKey[]
  /** Days to decide in. */
  readonly days: number
}

/** The steps that a message takes which goes out by these channels. */
export function stepsFor(steps: readonly ReviewStep[], channels: readonly ChannelKey[]): ReviewStep[] {
  return steps.filter((step) => step.channels.length === 0 || step.channels.some((one) => channels.includes(one)))
}

/** A step of one review, and the decision on it. */
export interface ReviewPart extends Omit<ReviewStep, 'days' | 'channels'> {
  readonly dueOn: Day
  readonly verdict: Verdict | null
  readonly note: string
  readonly decidedBy: Id<'person'> | null
  readonly decidedByName: string | null
  readonly decidedAt: Date | null
}

export interface Review {
  readonly id: Id<'review'>
  readonly messageId: Id<'message'>
  /** SHA-256 of exactly what is decided on. */
  readonly contentHash: string
  readonly state: 'open' | 'approved' | 'returned' | 'taken_back'
  readonly submittedBy: Id<'person'> | null
  readonly submittedAt: Date
  readonly closedAt: Date | null
  readonly parts: readonly ReviewPart[]
}

/** Where a message stands with those who must agree. Approval is no flag: it is a review approved of the very hash that stands. */
export type Approval = 'draft' | 'in_review' | 'returned' | 'approved' | 'void' | 'withdrawn'

export function approvalOf(
  message: { readonly contentHash: string; readonly withdrawnAt: Date | null },
  reviews: readonly Pick<Review, 'state' | 'contentHash'>[],
): Approval {
  if (message.withdrawnAt !== null) return 'withdrawn'
  const same = reviews.filter((review) => review.contentHash === message.contentHash)
  if (same.some((review) => review.state === 'approved')) return 'approved'
  if (same.some((review) => review.state === 'open')) return 'in_review'
  if (reviews.some((review) => review.state === 'approved')) return 'void'
  return same.some((review) => review.state === 'returned') ? 'returned' : 'draft'
}

/** The steps whose turn it is: the lowest ordinal that is not decided whole. */
export function partsInTurn(parts: readonly ReviewPart[]): ReviewPart[] {
  const open = parts.filter((part) => part.verdict === null)
  const turn = Math.min(...open.map((part) => part.ordinal))
  return open.filter((part) => part.ordinal === turn)
}

/**
 * Nobody decides on what they wrote or edited last (nguyên tắc bốn mắt), nor twice in one review: four eyes are four
 * only when they belong to two people.
 */
export function whyNotDecide(
  actor: Actor,
  review: Pick<Review, 'state' | 'parts' | 'submittedBy' | 'contentHash'>,
  message: { readonly contentHash: string },
  writers: ReadonlySet<Id<'person'>>,
): Refusal | null {
  if (review.state !== 'open') return new Refusal('review.closed')
  if (review.contentHash !== message.contentHash) return new Refusal('review.void')
  if (actor.kind !== 'person') return new Refusal('review.person_only')
  if (writers.has(actor.personId) || review.submittedBy === actor.personId) return new Refusal('review.own_message')
  const twice = review.parts.some((part) => part.decidedBy === actor.personId)
  return twice ? new Refusal('review.decided_before') : null
}
