import { daysBetween, type Day, type Id, type RefusalFacts } from '../kernel/index.ts'
import type { Activity } from './activity.ts'
import { whatIsCopied, type SameCounts } from './copied-counts.ts'

export const FINDING_CODES = [
  'in_future',
  'at_night',
  'before_campaign',
  'after_deadline',
  'photo_other_day',
  'photo_far',
  'same_photo',
  'copied_counts',
  'copied_elsewhere',
] as const
export type FindingCode = (typeof FINDING_CODES)[number]

/** What is amiss in an activity; open until a person answers for it. */
export interface ActivityFinding {
  readonly code: FindingCode
  /** Sets two of one code apart, as two photographs; else empty. */
  readonly key: string
  readonly facts: RefusalFacts
  /** The other activity it is about. */
  readonly otherId: Id<'activity'> | null
}

export interface PhotoSeen {
  readonly mediaId: Id<'media'>
  readonly takenOn: Day | null
  readonly location: Spot | null
  /** An earlier activity that shows the same picture. */
  readonly shownBy: Id<'activity'> | null
}

interface Spot {
  readonly latitude: number
  readonly longitude: number
}

/** What an activity is held against. */
export interface Ground {
  /** The day on which it was received, and the time of that day as `HH:mm`, both in Vietnam. */
  readonly receivedOn: Day
  readonly receivedTime: string
  readonly campaignFrom: Day | null
  readonly dueOn: Day | null
  /** Where its place lies, or the next above that has a point; null where nobody knows. */
  readonly place: (Spot & { readonly areaKm2: number | null }) | null
  readonly photos: readonly PhotoSeen[]
  /** In how many ways its numbers of people might as well have come, and who says the same. */
  readonly ways: number
  readonly same: SameCounts
}

/** Cameras keep their own time: one day apart may be the same evening. */
const DAYS_APART = 1
/** Kilometres beyond the border of a place in which a photograph may still have been taken: the market across the brook. */
const SLACK_KM = 5
/** Nobody gathers a village then; what was meant is likely the other half of the day. */
const [NIGHT_FROM, NIGHT_TO] = ['23:00', '04:00']
/** The reach of a place whose area nobody has said: the largest communes are some 25 km across. */
const REACH_KM = 30

/** What is amiss, as far as can be told from the activity and what it is held against. */
export function checkActivity({ day, beganAt }: Pick<Activity, 'day' | 'beganAt'>, ground: Ground): ActivityFinding[] {
  const found: ActivityFinding[] = []
  const add = (code: FindingCode, facts: RefusalFacts = {}, key = '', otherId: Id<'activity'> | null = null) =>
    found.push({ code, key, facts, otherId })
  const laterToday = day === ground.receivedOn && beganAt !== null && beganAt > ground.receivedTime
  if (day > ground.receivedOn || laterToday) add('in_future', { day })
  if (beganAt !== null && (beganAt >= NIGHT_FROM || beganAt < NIGHT_TO)) add('at_night', { time: beganAt.slice(0, 5) })
  if (ground.campaignFrom !== null && day < ground.campaignFrom) add('before_campaign', { day: ground.campaignFrom })
  if (ground.dueOn !== null && day > ground.dueOn) add('after_deadline', { day: ground.dueOn })
  for (const { mediaId, takenOn, location, shownBy } of ground.photos) {
    if (takenOn !== null && Math.abs(daysBetween(takenOn, day)) > DAYS_APART) {
      add('photo_other_day', { day: takenOn }, mediaId)
    }
    const far = ground.place && location ? distanceKm(ground.place, location) : 0
    if (ground.place && far > reachKm(ground.place.areaKm2)) add('photo_far', { km: Math.round(far) }, mediaId)
    if (shownBy) add('same_photo', {}, mediaId, shownBy)
  }
  return [...found, ...checkCopies(ground)]
}

/** Codes of findings that hold an activity's numbers against those of others. */
export const COPIES = ['copied_counts', 'copied_elsewhere'] as const satisfies readonly FindingCode[]

/** Whose numbers it has taken over, if anybody's. */
export function checkCopies({ ways, same }: Pick<Ground, 'ways' | 'same'>): ActivityFinding[] {
  const { ofBody, elsewhere } = whatIsCopied(ways, same)
  const of = (code: FindingCode, facts: RefusalFacts, otherId: Id<'activity'>) => ({ code, key: '', facts, otherId })
  return [
    ...(ofBody ? [of('copied_counts', { day: ofBody.day, days: ofBody.days }, ofBody.id)] : []),
    ...(elsewhere ? [of('copied_elsewhere', { day: elsewhere.day, body: elsewhere.body }, elsewhere.id)] : []),
  ]
}

/** As far as a place of this area may reach, were it twice as long as wide, and a little beyond its border. */
export function reachKm(areaKm2: number | null): number {
  return areaKm2 === null ? REACH_KM : 2 * Math.sqrt(areaKm2 / Math.PI) + SLACK_KM
}

const EARTH_KM = 6_371

/** Over the ground, by the haversine. */
export function distanceKm(one: Spot, other: Spot): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const north = radians(other.latitude - one.latitude)
  const east = radians(other.longitude - one.longitude)
  const half =
    Math.sin(north / 2) ** 2 +
    Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * Math.sin(east / 2) ** 2
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(half)))
}
