import { Refusal, type Day, type Id, type Role } from '../kernel/index.ts'
import type { ContactKind } from './contact.ts'

/** Who may keep lists: see them with contacts masked, put contacts in, stop sending to one. */
export const LIST_KEEPERS: readonly Role[] = ['administrator', 'campaign_officer']

export const SUPPRESSION_REASONS = ['bounce', 'complaint', 'stop_word', 'hand'] as const
/** Why nothing is sent any more: the address does not exist, its owner complained or said STOP, or somebody asked for it. */
export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number]

/** Someone who asked to be sent messages (người đăng ký nhận tin), without the contact point. */
export interface Subscriber {
  readonly id: Id<'subscriber'>
  readonly contactKind: ContactKind
  /** Null once erased. */
  readonly contactSealed: string | null
  /** BCP 47; null: none was asked for. */
  readonly language: string | null
  readonly createdAt: Date
  readonly suppressedAt: Date | null
  readonly suppressedReason: SuppressionReason | null
  readonly erasedAt: Date | null
}

export const SUBSCRIPTION_STATES = ['asked', 'active', 'ended'] as const
export type SubscriptionState = (typeof SUBSCRIPTION_STATES)[number]

/** What ended a subscription; worded under `subscriber_ended_<reason>`. */
export type EndReason = 'one_tap' | 'stop_word' | 'hand' | 'erased' | SuppressionReason

/** Ended by their own will: a list that is put in later does not bring them back. */
export const OWN_WILL: readonly EndReason[] = ['one_tap', 'stop_word', 'complaint', 'erased']

/** A subscription to a list, which is an outlet (đăng ký nhận tin). */
export interface Subscription {
  readonly outletId: Id<'outlet'>
  readonly subscriberId: Id<'subscriber'>
  readonly state: SubscriptionState
  readonly source: 'portal' | 'import' | 'phone'
  readonly consentNote: string
  readonly consentOn: Day | null
  readonly askedAt: Date
  readonly confirmedAt: Date | null
  readonly endedAt: Date | null
  readonly endedReason: EndReason | null
}

/** Whether a new request of its owner may bring it back: a dead mailbox may live again, a complaint stands. */
export function mayAskAgain({ suppressedReason }: Pick<Subscriber, 'suppressedReason'>): boolean {
  return suppressedReason === null || suppressedReason === 'bounce' || suppressedReason === 'stop_word'
}

/** Why one cannot be erased; null when one can. */
export function whyNotErase({ erasedAt }: Pick<Subscriber, 'erasedAt'>): Refusal | null {
  return erasedAt === null ? null : new Refusal('subscriber.is_erased')
}
