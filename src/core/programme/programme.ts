import { Refusal, type Day, type Id } from '../kernel/index.ts'

/** Circular 39/2020: ordinary (the commune chooses), priority (first in the programme), emergency (at once). The first goes first. */
export const CLASSES = ['emergency', 'priority', 'ordinary'] as const
export type Class = (typeof CLASSES)[number]

/** Broadcast (bản tin phát thanh): the approved recording of a released message in one language. */
export interface Broadcast {
  readonly id: Id<'broadcast'>
  readonly releaseId: Id<'release'>
  /** BCP 47. */
  readonly language: string
  /** The rendition that was approved, and the hash of all that was approved with it. */
  readonly versionId: Id<'rendition'>
  readonly contentHash: string
  readonly title: string
  readonly class: Class
  /** Of the recording; null where nothing was recorded and it is read out by hand. */
  readonly sha256: string | null
  readonly bytes: number | null
  readonly seconds: number
  readonly script: string
  readonly validFrom: Date
  readonly validUntil: Date
  readonly madeAt: Date
  readonly withdrawnAt: Date | null
}

export const PLAY_STATES = ['offered', 'chosen', 'skipped', 'cancelled'] as const
export type PlayState = (typeof PLAY_STATES)[number]

/** Play (lượt phát): one broadcast at one station at one moment. */
export interface Play {
  readonly id: Id<'play'>
  readonly stationId: Id<'outlet'>
  readonly broadcastId: Id<'broadcast'>
  readonly releaseId: Id<'release'>
  readonly deliveryId: Id<'delivery'>
  /** Null for an emergency, which waits for no slot. */
  readonly slotId: Id<'slot'> | null
  readonly day: Day
  /** Place among those of its class in its slot. */
  readonly ord: number
  /** When its slot begins; what is in one slot sounds one after the other. */
  readonly plannedAt: Date
  readonly class: Class
  readonly state: PlayState
  readonly decidedBy: Id<'person'> | null
  readonly decidedAt: Date | null
  readonly reason: string
  /** The day off that took it away, whose name is the reason. */
  readonly offDayId: Id<'off_day'> | null
}

export const END_STATES = [
  'expected',
  'played',
  'partial',
  'skipped',
  'preempted',
  'offline',
  'failed',
  'cancelled',
] as const
/** What became of a play at one device, or at the station where it is played by hand. */
export type EndState = (typeof END_STATES)[number]

/** Between two plays of a slot there is a breath, and before and after each the chime where the station has one. */
const BREATH_SECONDS = 3
const CHIME_SECONDS = 4

/** Seconds that a play takes of its slot. */
export function secondsOnAir(seconds: number, chime: boolean): number {
  return seconds + BREATH_SECONDS + (chime ? 2 * CHIME_SECONDS : 0)
}

export function rankOf(one: Class): number {
  return CLASSES.indexOf(one)
}

/** Why nobody may decide about a play any more, or not in this way; null when it may be. */
export function whyNotDecide(
  play: Pick<Play, 'class' | 'state' | 'plannedAt' | 'offDayId' | 'reason'>,
  what: 'choose' | 'postpone' | 'skip' | 'move',
  now: Date,
): Refusal | null {
  if (play.state === 'cancelled' && play.offDayId !== null)
    return new Refusal('programme.play_off_day', { what: play.reason })
  if (play.state === 'cancelled') return new Refusal('programme.play_cancelled')
  if (play.plannedAt <= now) return new Refusal('programme.play_begun')
  if (play.class === 'emergency') return new Refusal('programme.play_emergency')
  if (play.class === 'priority' && what !== 'move') return new Refusal('programme.play_priority')
  if (what === 'choose' && play.state === 'chosen') return new Refusal('programme.play_chosen')
  if (what === 'skip' && play.state === 'skipped') return new Refusal('programme.play_skipped')
  return null
}
