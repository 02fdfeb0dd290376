import type { ChannelKey } from '../channel/index.ts'
import { Refusal, type Id } from '../kernel/index.ts'
import type { OutletKind } from '../outlet/index.ts'

/** The most urgent first. */
export const LANES = ['emergency', 'priority', 'ordinary'] as const
export type Lane = (typeof LANES)[number]

export const DELIVERY_STATES = [
  'planned',
  'due',
  'claimed',
  'accepted',
  'delivered',
  'failed',
  'cancelled',
  'expired',
  'unknown',
] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]
/** Of these no row moves by itself any more. */
export const CLOSED_STATES = [
  'delivered',
  'failed',
  'cancelled',
  'expired',
  'unknown',
] as const satisfies readonly DeliveryState[]
/** Rows that have left, or may have: what a recall must reach. */
export const LEFT_STATES = ['claimed', 'accepted', 'delivered', 'unknown'] as const satisfies readonly DeliveryState[]

/** An approved message going out (phát hành): channels × outlets × hours. */
export interface Release {
  readonly id: Id<'release'>
  readonly messageId: Id<'message'>
  /** SHA-256 of exactly what goes out. */
  readonly contentHash: string
  readonly organisationId: Id<'organisation'>
  readonly campaignId: Id<'campaign'> | null
  readonly kind: 'original' | 'correction' | 'replacement' | 'recall'
  /** What a correction or a replacement takes the place of, or a recall takes back. */
  readonly ofReleaseId: Id<'release'> | null
  readonly lane: Lane
  readonly laneReason: string
  readonly channels: readonly ChannelKey[]
  /** The places whose outlets are reached, with those below them; none: all outlets. */
  readonly places: readonly Id<'place'>[]
  /** Kinds of outlets that are reached; none: every kind. */
  readonly kinds: readonly OutletKind[]
  /** BCP 47: outlets are reached where one of these is said; none: whatever is said there. */
  readonly languages: readonly string[]
  readonly startsAt: Date
  readonly endsAt: Date | null
  /** What people at manual outlets are told to do. */
  readonly words: string
  /** In how many waves the rows leave, `waveMinutes` apart; 1: all at once. */
  readonly waveCount: number
  readonly waveMinutes: number
  /** What people are told when it is over and what stays up is to come down; null: nothing is taken down then. */
  readonly wordsAtEnd: string | null
  /** When its end was dealt with. */
  readonly endedAt: Date | null
  readonly state: 'proposed' | 'released' | 'dropped'
  readonly proposedBy: Id<'person'> | null
  readonly proposedAt: Date
  readonly releasedBy: Id<'person'> | null
  readonly releasedAt: Date | null
  readonly undoUntil: Date | null
  readonly pausedAt: Date | null
  readonly cancelledAt: Date | null
  readonly cancelledReason: string | null
}

/** One row of the ledger (lượt chuyển). */
export interface Delivery {
  readonly releaseId: Id<'release'>
  readonly id: Id<'delivery'>
  readonly channel: ChannelKey
  readonly outletId: Id<'outlet'>
  readonly organisationId: Id<'organisation'>
  readonly recipientId: Id<'subscriber'> | null
  readonly gatewayId: Id<'gateway'> | null
  /** Whether what is corrected or replaced had been there. */
  readonly corrects: boolean
  readonly means: 'machine' | 'manual'
  readonly renditions: readonly Id<'rendition'>[]
  readonly state: DeliveryState
  readonly dueAt: Date
  readonly expiresAt: Date | null
  readonly fence: number
  readonly attempts: number
  readonly claimedAt: Date | null
  readonly providerRef: string | null
  readonly taskId: Id<'task'> | null
  readonly reason: string
}

/** A release that has a row due now, by one channel in one lane. */
export interface OpenRelease {
  readonly releaseId: Id<'release'>
  readonly ofReleaseId: Id<'release'> | null
  /** Whose release it is: among owners the work is shared fairly. */
  readonly organisationId: Id<'organisation'>
  readonly channel: ChannelKey
  /** Place in `LANES`. */
  readonly lane: number
  /** The turns of its rows by this channel and lane. */
  readonly way: number
  /** Since when its first row has been due. */
  readonly dueAt: Date
}

/** When the first rows of a pressed release are due: not before its hour, nor before the minute in which it may be undone. */
export function firstDue({ startsAt, undoUntil }: Pick<Release, 'startsAt' | 'undoUntil'>): Date {
  return undoUntil && undoUntil > startsAt ? undoUntil : startsAt
}

export type Counts = Readonly<Record<DeliveryState, number>>

/** The arithmetic that says how a release stands: its parts add up to what was planned. */
export interface Arithmetic {
  readonly planned: number
  readonly closed: number
  readonly open: number
  /** Every row has come to an end: *finished* is this, not a flag. */
  readonly finished: boolean
}

export function arithmeticOf(counts: Counts): Arithmetic {
  const sum = (states: readonly DeliveryState[]) => states.reduce((total, state) => total + counts[state], 0)
  const planned = sum(DELIVERY_STATES)
  const closed = sum(CLOSED_STATES)
  return { planned, closed, open: planned - closed, finished: planned > 0 && planned === closed }
}

/** Why this person may not press it; null when they may. Who proposed it does not release it (nguyên tắc bốn mắt). */
export function whyNotPress(
  release: Pick<Release, 'state' | 'proposedBy'>,
  personId: Id<'person'> | null,
): Refusal | null {
  if (release.state !== 'proposed') return new Refusal('release.not_proposed')
  if (personId !== null && release.proposedBy === personId) return new Refusal('release.second_person')
  return null
}
