import type { ChannelKey } from '../../channel/index.ts'
import { addDays, dayAt, momentOf, type Ctx } from '../../kernel/index.ts'
import { rulesOf, type Content } from '../../message/index.ts'
import { approvedContent } from '../../review/index.ts'
import { reachOf } from '../plan.store.ts'
import type { Reach, Way } from '../reach.store.ts'
import type { Release } from '../release.ts'
import { sendersInUse } from '../work-ledger.ts'
import { clashesAt, clashesOf, type Clash, type Hours } from './clash.store.ts'
import {
  channelPreview,
  gapsOf,
  rowsOf,
  untoldIn,
  type ChannelFacts,
  type ChannelPreview,
  type Gap,
} from './preview.ts'
import {
  groupsAt,
  groupsReached,
  pageOfPlaces,
  placesReached,
  type OutletGroup,
  type PlaceKey,
  type PlaceReached,
} from './preview.store.ts'
import { pricesOn } from './price.store.ts'

/** Other releases that are named; more are as good as all. */
const MOST_CLASHES = 5
/** What comes within this long of a release is heard beside it. */
const NEAR_MS = 3_600_000

/** Who would get what if a release were pressed now; nothing is written. */
export interface ReleasePreview {
  readonly channels: readonly ChannelPreview[]
  readonly places: number
  readonly gaps: readonly Gap[]
  /** The other releases that most of these outlets get on the same days. */
  readonly clashes: readonly Clash[]
}

export async function previewRelease(ctx: Ctx, release: Release): Promise<ReleasePreview> {
  const { renditions, reach, from } = await goingOut(ctx, release)
  const [groups, places, clashes, prices] = await Promise.all([
    groupsReached(ctx.db, reach, from),
    placesReached(ctx.db, reach),
    clashesOf(ctx.db, release.id, reach, hoursOf(release, from), MOST_CLASHES),
    pricesOn(ctx.db, release.channels, reach.day),
  ])
  const sending = new Set(sendersInUse().map(({ channel }) => channel))
  const channels = release.channels.map((channel) => {
    const dongPerUnit = prices.get(channel)?.dongPerUnit ?? null
    const facts = { channel, sends: sending.has(channel), dongPerUnit, parts: partsOf(channel, renditions) }
    return channelPreview(facts, groups, renditions)
  })
  return { channels, places, gaps: gapsOf(groups, renditions), clashes }
}

/** A place with the rows that it would get by each channel. */
export interface PlacePreview extends PlaceReached {
  readonly rows: ReadonlyMap<ChannelKey, number>
  /** Spoken there by outlets of these channels, and not said. */
  readonly untold: readonly string[]
  readonly paused: number
  readonly quiet: number
  /** Outlets that get something else on the same days. */
  readonly clashing: number
}

/** A page of the places that would be reached, after a place; `limit` at most. */
export async function previewPlaces(
  ctx: Ctx,
  release: Release,
  after: PlaceKey | null,
  limit: number,
): Promise<PlacePreview[]> {
  const { renditions, reach, from } = await goingOut(ctx, release)
  const places = await pageOfPlaces(ctx.db, reach, after, limit)
  const ids = places.map(({ id }) => id)
  const [groups, clashing] = await Promise.all([
    groupsAt(ctx.db, reach, ids, from),
    clashesAt(ctx.db, release.id, reach, ids, hoursOf(release, from)),
  ])
  const byPlace = Map.groupBy(groups, ({ placeId }) => placeId)
  return places.map((place) =>
    placePreview(place, byPlace.get(place.id) ?? [], renditions, clashing.get(place.id) ?? 0),
  )
}

function placePreview(
  place: PlaceReached,
  groups: readonly OutletGroup[],
  given: readonly Way[],
  clashing: number,
): PlacePreview {
  const rows = new Map<ChannelKey, number>()
  for (const group of groups) rows.set(group.channel, (rows.get(group.channel) ?? 0) + rowsOf(group))
  const sum = (of: (group: OutletGroup) => number) => groups.reduce((total, group) => total + of(group), 0)
  return {
    ...place,
    rows,
    untold: [...new Set(groups.flatMap((group) => untoldIn(group, given)))].sort(),
    paused: sum(({ paused }) => paused),
    quiet: sum(({ quiet }) => quiet),
    clashing,
  }
}

interface GoingOut {
  readonly renditions: Content['renditions']
  readonly reach: Reach
  /** When the first rows would be due. */
  readonly from: Date
}

async function goingOut(ctx: Ctx, release: Release): Promise<GoingOut> {
  const content = await approvedContent(ctx.db, release.messageId, release.contentHash)
  const now = ctx.clock.now()
  const from = release.startsAt > now ? release.startsAt : now
  return { renditions: content?.renditions ?? [], reach: reachOf(release, from), from }
}

/** The days on which rows of a release come due, in the time of Vietnam. */
function hoursOf({ waveCount, waveMinutes }: Release, from: Date): Hours {
  const last = new Date(from.getTime() + (waveCount - 1) * waveMinutes * 60_000)
  return {
    dayFrom: momentOf(dayAt(from)),
    dayTo: momentOf(addDays(dayAt(last), 1)),
    nearFrom: new Date(from.getTime() - NEAR_MS),
    nearTo: new Date(last.getTime() + NEAR_MS),
  }
}

/** How many parts each rendition of a channel goes in, by the channel's own measures. */
function partsOf(channel: ChannelKey, renditions: Content['renditions']): ChannelFacts['parts'] {
  const own = renditions.filter((rendition) => rendition.channel === channel)
  return new Map(
    own.map(({ id, fields, language }) => {
      const measures = rulesOf(channel).measure(fields, language)
      return [id, new Map(measures.filter(({ unit }) => unit === 'parts').map(({ code, value }) => [code, value]))]
    }),
  )
}
