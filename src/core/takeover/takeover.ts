import { Refusal, type Id, type Role } from '../kernel/index.ts'

/** Who may ask, as for an emergency. */
export const ASKERS: readonly Role[] = ['leader']
/** Who may approve and stop, as who presses an emergency. */
export const APPROVERS: readonly Role[] = ['campaign_officer', 'leader']

/** What is set may lie between these. */
export const MINUTES = { least: 1, usual: 10, most: 30 } as const
/** So long a question waits for its second person. */
export const ASKED_LAPSES_MS = 60 * 60_000
/** So long an approval holds until somebody begins to speak. */
export const APPROVED_LAPSES_MS = 30 * 60_000
/** A speech of which nothing has come from the microphone for so long is over; devices wait longer. */
export const LOST_AFTER_MS = 10_000

/** How a speech came to its end: by who speaks, by another, by the clock, since nothing came any more, or since Loa was started anew. */
export const END_REASONS = ['stopped', 'stopped_by_other', 'time', 'lost', 'restarted'] as const
export type EndReason = (typeof END_REASONS)[number]

/** Takeover (phát trực tiếp): a speech that the devices of stations say while it is spoken. */
export interface Takeover {
  readonly id: Id<'takeover'>
  readonly reason: string
  /** Who is heard. */
  readonly speaker: string
  /** BCP 47 */
  readonly language: string
  /** How long it may be. */
  readonly minutes: number
  readonly state: 'asked' | 'approved' | 'speaking' | 'ended' | 'dropped'
  /** Who asked has the microphone. */
  readonly askedBy: Id<'person'> | null
  readonly askedAt: Date
  readonly lapsesAt: Date
  readonly approvedBy: Id<'person'> | null
  readonly approvedAt: Date | null
  readonly droppedBy: Id<'person'> | null
  readonly droppedAt: Date | null
  readonly droppedReason: string | null
  readonly beganAt: Date | null
  /** Number of the last piece that came from the microphone. */
  readonly spoken: number
  readonly spokeAt: Date | null
  readonly endedAt: Date | null
  readonly endedBy: Id<'person'> | null
  readonly endReason: EndReason | null
  /** Of all that was sent, as one MP3. */
  readonly sha256: string | null
  readonly bytes: number | null
  readonly seconds: number
  /** When the devices were told of its end and its file was kept. */
  readonly keptAt: Date | null
}

export type Standing = Takeover['state'] | 'lapsed'

/** How it stands: what nobody approved or began in time has lapsed, without anybody's doing. */
export function standingOf({ state, lapsesAt }: Pick<Takeover, 'state' | 'lapsesAt'>, now: Date): Standing {
  const waits = state === 'asked' || state === 'approved'
  return waits && lapsesAt <= now ? 'lapsed' : state
}

/** When it is over at the latest; null before it has begun. */
export function endsBy({ beganAt, minutes }: Pick<Takeover, 'beganAt' | 'minutes'>): Date | null {
  return beganAt && new Date(beganAt.getTime() + minutes * 60_000)
}

/** Why this person may not approve it; null when they may. Who asked holds the microphone, and is never who approves. */
export function whyNotApprove(takeover: Takeover, personId: Id<'person'> | null, now: Date): Refusal | null {
  const standing = standingOf(takeover, now)
  if (standing === 'lapsed') return new Refusal('takeover.lapsed')
  if (standing !== 'asked') return new Refusal('takeover.not_asked')
  if (personId !== null && takeover.askedBy === personId) return new Refusal('takeover.second_person')
  return null
}

/** Why this person may not speak in it; null when they may. */
export function whyNotSpeak(takeover: Takeover, personId: Id<'person'> | null, now: Date): Refusal | null {
  const standing = standingOf(takeover, now)
  if (standing === 'lapsed') return new Refusal('takeover.lapsed')
  if (standing === 'asked') return new Refusal('takeover.not_approved')
  if (standing === 'ended' || standing === 'dropped') return new Refusal('takeover.is_over')
  if (takeover.askedBy !== personId) return new Refusal('takeover.not_speaker')
  return null
}

/** Why the rule would end a speech now; null while it may go on. */
export function whyOver(takeover: Takeover, now: Date): EndReason | null {
  const by = endsBy(takeover)
  if (by && by <= now) return 'time'
  const last = takeover.spokeAt ?? takeover.beganAt
  return last && now.getTime() - last.getTime() >= LOST_AFTER_MS ? 'lost' : null
}
