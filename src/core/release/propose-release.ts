import * as v from 'valibot'
import { CHANNELS } from '../channel/index.ts'
import { actingPerson, action, dayAt, idOf, newId, Refusal, type Ctx, type Id, type Role } from '../kernel/index.ts'
import { LANGUAGE_TAG, messageById } from '../message/index.ts'
import { OUTLET_KINDS } from '../outlet/index.ts'
import { placesBecome } from '../place/index.ts'
import { approvalOf, approvedContent, reviewsOf } from '../review/index.ts'
import { insertRelease } from './release.store.ts'
import { LANES, type Release } from './release.ts'

export const RELEASERS: readonly Role[] = ['campaign_officer', 'leader']

/** Proposes that an approved message go out. Nothing is planned yet: another person presses. */
export const proposeRelease = action('release.propose', {
  input: v.object({
    messageId: idOf<'message'>(),
    channels: v.pipe(v.array(v.picklist(CHANNELS)), v.minLength(1), v.maxLength(CHANNELS.length)),
    /** What has ended stands for all that it was made into. */
    places: v.optional(v.pipe(v.array(idOf<'place'>()), v.maxLength(500)), []),
    /** Outlets of these kinds alone; none: of every kind. */
    kinds: v.optional(v.pipe(v.array(v.picklist(OUTLET_KINDS)), v.maxLength(OUTLET_KINDS.length)), []),
    /** Outlets where one of these is said; none: whatever is said there. */
    languages: v.optional(v.pipe(v.array(v.pipe(v.string(), v.regex(LANGUAGE_TAG))), v.maxLength(20)), []),
    startsAt: v.date(),
    endsAt: v.nullish(v.date(), null),
    lane: v.optional(v.picklist(LANES), 'ordinary'),
    laneReason: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(1_000)), ''),
    /** What people at manual outlets are told to do. */
    words: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(4_000)),
    /** The rows leave in so many waves, each some minutes after the one before. */
    waveCount: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(24)), 1),
    waveMinutes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_080)), 0),
    /** What people are told when it is over; null: what was put up stays. */
    wordsAtEnd: v.nullish(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(4_000)), null),
  }),
  may: {
    who: 'roles',
    roles: RELEASERS,
    within: async (ctx, { messageId }) => (await messageById(ctx.db, messageId))?.organisationId ?? null,
  },
  records: ({ messageId, lane }, releaseId: Id<'release'>) => ({
    subject: 'release',
    subjectId: releaseId,
    facts: { message: messageId, lane },
  }),
  async run(ctx, { messageId, channels, ...wish }) {
    const message = await messageById(ctx.db, messageId)
    if (!message) throw new Refusal('message.not_found')
    if (approvalOf(message, await reviewsOf(ctx.db, messageId)) !== 'approved')
      throw new Refusal('release.not_approved')
    const content = await approvedContent(ctx.db, messageId, message.contentHash)
    const missing = channels.find((channel) => !content?.renditions.some((one) => one.channel === channel))
    if (missing) throw new Refusal('release.no_rendition', { channel: missing }, 'channels')
    if (wish.lane === 'emergency') mayUrge(ctx, wish.laneReason)
    // Circular 39/2020: an emergency plays at once and everywhere; what belongs to a campaign never is one.
    const breaksIn = channels.some((channel) => channel === 'loudspeaker' || channel === 'board')
    if (wish.lane === 'emergency' && message.campaignId !== null && breaksIn)
      throw new Refusal('release.campaign_emergency', {}, 'lane')
    if (wish.wordsAtEnd !== null && wish.endsAt === null) throw new Refusal('input.required', {}, 'endsAt')
    if (wish.endsAt !== null && wish.endsAt <= wish.startsAt) throw new Refusal('release.ends_before', {}, 'endsAt')
    const places = await placesBecome(ctx.db, wish.places, dayAt(wish.startsAt))
    if (places.length === 0 && wish.places.length > 0) throw new Refusal('release.places_gone', {}, 'places')
    const id = newId<'release'>()
    const release: Release = {
      ...wish,
      id,
      places,
      messageId,
      channels,
      contentHash: message.contentHash,
      organisationId: message.organisationId,
      campaignId: message.campaignId,
      kind: 'original',
      ofReleaseId: null,
      // What the message itself says holds: not before its embargo.
      startsAt: message.embargoUntil && message.embargoUntil > wish.startsAt ? message.embargoUntil : wish.startsAt,
      state: 'proposed',
      proposedBy: actingPerson(ctx),
      proposedAt: ctx.clock.now(),
      ...NOT_YET,
    }
    await insertRelease(ctx.db, release)
    return id
  },
})

export const NOT_YET = {
  releasedBy: null,
  releasedAt: null,
  undoUntil: null,
  pausedAt: null,
  cancelledAt: null,
  cancelledReason: null,
  endedAt: null,
}

/** An emergency goes before everything and through quiet hours: only a leader may, with the reason written down. */
function mayUrge({ actor }: Ctx, reason: string): void {
  const leads = actor.kind !== 'person' || actor.grants.some(({ role }) => role === 'leader')
  if (!leads) throw new Refusal('release.emergency_leader', {}, 'lane')
  if (reason === '') throw new Refusal('input.required', {}, 'laneReason')
}
