import { secondsToSpeak, VOICES } from '../channel/index.ts'
import { addDays, momentOf, newId, type Ctx, type Id } from '../kernel/index.ts'
import { messageById, renditionsOf, type Content, type Recording } from '../message/index.ts'
import type { Release } from '../release/index.ts'
import { broadcastsOfRelease, insertBroadcasts } from './broadcast.store.ts'
import type { Broadcast } from './programme.ts'

type Renditions = Content['renditions']

/** How long something holds of which nobody has said it. */
const HOLDS_DAYS = 30
/** The speech of a listener's own region is for the voice; a length that nobody recorded is guessed by the slowest. */
const SHORTEST_SECONDS = 1

/**
 * The broadcasts of a release in the languages of these renditions: those that stand, and what lacks made of the very
 * recordings that were approved. What nobody recorded is made only to be read out by hand.
 */
export async function makeBroadcasts(
  ctx: Ctx,
  release: Release,
  renditions: Renditions,
  byHand: boolean,
): Promise<Broadcast[]> {
  const wanted = renditions.filter(({ recording }) => byHand || recording !== null)
  const standing = await broadcastsOfRelease(ctx.db, release.id)
  const missing = wanted.filter(({ language }) => !standing.some((one) => one.language === language))
  if (missing.length > 0) {
    await insertBroadcasts(ctx.db, await broadcastsOf(ctx, release, missing))
    return ofLanguages(await broadcastsOfRelease(ctx.db, release.id), wanted)
  }
  return ofLanguages(standing, wanted)
}

/** In the order of the renditions; `byHand` alone makes what has no recording, and no device may be given that. */
function ofLanguages(broadcasts: readonly Broadcast[], wanted: Renditions): Broadcast[] {
  return wanted.flatMap(({ language }) => broadcasts.find((one) => one.language === language) ?? [])
}

async function broadcastsOf(ctx: Ctx, release: Release, renditions: Renditions): Promise<Broadcast[]> {
  const message = await messageById(ctx.db, release.messageId)
  const recordings = await recordingsOf(ctx, release.messageId)
  const valid = { validFrom: release.startsAt, validUntil: untilOf(release, message?.validUntil ?? null) }
  const made: Broadcast[] = []
  for (const { id, language, fields, recording } of renditions) {
    const script = fields['script'] ?? ''
    const length = recording === null ? null : (recordings.get(recording)?.seconds ?? null)
    made.push({
      id: newId<'broadcast'>(),
      releaseId: release.id,
      language,
      versionId: id as Id<'rendition'>, // as the content was approved
      contentHash: release.contentHash,
      title: message?.workingTitle ?? '',
      class: release.lane,
      sha256: recording,
      bytes: recording === null ? null : (await ctx.files.get(recording)).length,
      seconds: Math.max(SHORTEST_SECONDS, length ?? secondsOf(script)),
      script,
      ...valid,
      madeAt: ctx.clock.now(),
      withdrawnAt: null,
    })
  }
  return made
}

async function recordingsOf(ctx: Ctx, messageId: Id<'message'>): Promise<Map<string, Recording>> {
  const found = (await renditionsOf(ctx.db, messageId)).flatMap(({ current }) => current.recording ?? [])
  return new Map(found.map((recording) => [recording.sha256, recording]))
}

function secondsOf(script: string): number {
  return Math.round(Math.max(...VOICES.map((pace) => secondsToSpeak(script, pace))))
}

/** Until when it may play: the end of the release, else the last day of its message, else some weeks. */
export function untilOf({ startsAt, endsAt }: Pick<Release, 'startsAt' | 'endsAt'>, validUntil: string | null): Date {
  if (endsAt) return endsAt
  const last = validUntil && momentOf(addDays(validUntil, 1))
  return last && last > startsAt ? last : new Date(startsAt.getTime() + HOLDS_DAYS * 86_400_000)
}
