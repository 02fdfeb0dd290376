import { addDays, dayAt, newId, type Ctx, type Id } from '../kernel/index.ts'
import type { Content } from '../message/index.ts'
import { releaseById, type Release } from '../release/index.ts'
import { daysHeld, stationOf, touchStation, type Station } from '../station/index.ts'
import { airingOf, replaceConflicts } from './airing.store.ts'
import { defaultAiring, type Period } from './airing.ts'
import { layFollowing, type OldPlace, type Place } from './lay-following.ts'
import { layOut, type Conflict, type Ground, type OffDay, type Standing } from './lay-out.ts'
import { makeBroadcasts } from './make-broadcasts.ts'
import { expectEnds } from './play-end.store.ts'
import { insertPlays, standingAt } from './play.store.ts'
import type { Broadcast, Play } from './programme.ts'
import type { RowKey } from './row.store.ts'
import { offDaysBetween } from './off-day.store.ts'
import { lockProgramme, slotsOf } from './slot.store.ts'
import { takeOver } from './take-out.ts'
import { expectTakenAgain } from './taken-play.store.ts'

/** Longer than a year nothing is laid out at once. */
const MOST_DAYS = 400

/** A row of the ledger that is to be played at its station. */
export interface RowToLay extends RowKey {
  readonly stationId: Id<'outlet'>
  readonly renditions: Content['renditions']
  readonly byHand: boolean
}

/** Why nothing at all is laid; worded under `delivery_detail_<reason>`. */
export type WhyNotLaid =
  | 'no_station'
  | 'campaign_emergency'
  | 'no_recording'
  | 'slots_quiet'
  | Exclude<Conflict['why'], 'quiet_hours'>
  | 'nothing_left'

/**
 * Makes the broadcasts of a row and lays their plays at its station: an emergency at once, what takes the place of another
 * where that stood, all else by the rule of the release. Done twice it is done once. Inside the caller's transaction.
 */
export async function layRow(
  ctx: Ctx,
  row: RowToLay,
): Promise<{ readonly laid: number } | { readonly refused: WhyNotLaid }> {
  const station = await stationOf(ctx.db, row.stationId)
  const release = await releaseById(ctx.db, row.releaseId)
  if (!station || !release) return { refused: 'no_station' }
  if (release.lane === 'emergency' && release.campaignId !== null) return { refused: 'campaign_emergency' }
  await lockProgramme(ctx.db, station.id)
  const made = await makeBroadcasts(ctx, release, row.renditions, row.byHand)
  const broadcasts = row.byHand ? made : made.filter(({ sha256 }) => sha256 !== null)
  if (broadcasts.length === 0) return { refused: 'no_recording' }
  const { plays, conflicts } = await layoutOf(ctx, { release, station, broadcasts, row })
  await replaceConflicts(ctx.db, row, station.id, conflicts)
  const added = await insertPlays(ctx.db, plays)
  await expectSoon(ctx, added)
  await touchStation(ctx.db, station.id)
  if (plays.length > 0) return { laid: plays.length }
  const why = conflicts[0]?.why ?? 'nothing_left'
  // Another way out waits for the end of its quiet hours; here every slot lies in them.
  return { refused: why === 'quiet_hours' ? 'slots_quiet' : why }
}

/** Makes the ends of those of plays just laid that devices are to hold by now, and lets those be expected that a day off had ended. */
export async function expectSoon(ctx: Ctx, laid: readonly Pick<Play, 'id' | 'plannedAt'>[]): Promise<void> {
  const near = new Date(ctx.clock.now().getTime() + daysHeld() * 86_400_000)
  const soon = laid.filter(({ plannedAt }) => plannedAt < near)
  await expectTakenAgain(
    ctx.db,
    laid.map(({ id }) => id),
  )
  await expectEnds(
    ctx.db,
    soon.map(({ id }) => id),
  )
}

interface Laying {
  readonly release: Release
  readonly station: Station
  readonly broadcasts: readonly Broadcast[]
  readonly row: RowToLay
}

async function layoutOf(ctx: Ctx, laying: Laying): Promise<{ plays: Play[]; conflicts: readonly Conflict[] }> {
  const { release } = laying
  const places = await takeOver(ctx, release, laying.station.id)
  if (release.lane === 'emergency') return { plays: emergency(ctx, laying), conflicts: [] }
  const { plays, conflicts } = await (places.length > 0 ? layInPlaces(ctx, laying, places) : layWhole(ctx, laying))
  return { plays: plays.map((one) => playOf(ctx, laying, one)), conflicts }
}

async function layWhole(ctx: Ctx, { release, station, broadcasts }: Laying) {
  const periods = await airingOf(ctx.db, release.id)
  return layByRule(ctx, station, release, broadcasts, periods, { without: [release.id], more: [] })
}

async function layInPlaces(ctx: Ctx, { release, station, broadcasts }: Laying, places: readonly OldPlace[]) {
  const days = places.map(({ day }) => day).sort()
  const ground = await groundOf(ctx, station, days[0] ?? '', days.at(-1) ?? '', NOTHING_BESIDE)
  const own = new Set(broadcasts.map(({ id }) => id))
  const standing = ground.standing.filter(({ broadcastId }) => !own.has(broadcastId))
  const pieces = broadcasts.map(({ id: broadcastId, seconds }) => ({ broadcastId, seconds }))
  const { validFrom, validUntil } = broadcasts[0] ?? { validFrom: ground.now, validUntil: ground.now }
  return layFollowing({ pieces, class: release.lane, validFrom, validUntil }, places, { ...ground, standing })
}

/** What a rule would lay at a station, beside what stands there; nothing is changed. */
export async function layByRule(
  ctx: Ctx,
  station: Station,
  release: Pick<Release, 'lane'>,
  broadcasts: readonly Pick<Broadcast, 'id' | 'seconds' | 'validFrom' | 'validUntil'>[],
  periods: readonly Period[] | null,
  beside: Beside,
) {
  const [first] = broadcasts
  const now = ctx.clock.now()
  const validFrom = first?.validFrom ?? now
  const from = dayAt(validFrom > now ? validFrom : now)
  const farthest = addDays(from, MOST_DAYS)
  const last = dayAt(new Date((first?.validUntil ?? now).getTime() - 1))
  const to = last < farthest ? last : farthest
  const ground = await groundOf(ctx, station, from, to, beside)
  const pieces = broadcasts.map(({ id: broadcastId, seconds }) => ({ broadcastId, seconds }))
  return layOut(
    {
      pieces,
      class: release.lane,
      validFrom,
      validUntil: first?.validUntil ?? now,
      periods: periods ?? defaultAiring(release.lane, from, to),
    },
    ground,
  )
}

/** What else than what is kept is to be taken for standing at a station. */
export interface Beside {
  /** Releases of which nothing counts that may be laid anew. */
  readonly without: readonly Id<'release'>[]
  /** What will be laid by then. */
  readonly more: readonly Standing[]
}
export const NOTHING_BESIDE: Beside = { without: [], more: [] }

/** What a station is laid out on from one day to another. */
export async function groundOf(
  ctx: Ctx,
  station: Station,
  from: string,
  to: string,
  { without, more }: Beside,
): Promise<Ground> {
  const { quietFrom, quietTo, minutesADay, repeatsADay, chime } = station
  return {
    slots: await slotsOf(ctx.db, station.id, from),
    offDays: await offDaysOf(ctx, station, from, to),
    quiet: quietFrom && quietTo ? { from: quietFrom, to: quietTo } : null,
    minutesADay,
    repeatsADay,
    chime,
    standing: [...(await standingAt(ctx.db, station.id, from, to, without)), ...more],
    now: ctx.clock.now(),
  }
}

/** Days off that hold for a station: of all, of its body and of those above. */
export async function offDaysOf(ctx: Ctx, { organisationId }: Station, from: string, to: string): Promise<OffDay[]> {
  return offDaysBetween(ctx.db, from, to, [...(await ctx.hierarchy.above(ctx.db, organisationId))])
}

/** One play of each language, now. */
function emergency(ctx: Ctx, laying: Laying): Play[] {
  const at = ctx.clock.now()
  return laying.broadcasts.map(({ id: broadcastId }, ord) =>
    playOf(ctx, laying, { broadcastId, slotId: null, day: dayAt(at), at, ord: ord + 1 }),
  )
}

export function playOf(
  ctx: Ctx,
  { release, station, row }: Omit<Laying, 'broadcasts'>,
  { broadcastId, slotId, day, at, ord }: Place,
): Play {
  const offered = release.lane === 'ordinary' && station.undecided === 'skip'
  return {
    id: newId<'play'>(),
    stationId: station.id,
    broadcastId,
    releaseId: row.releaseId,
    deliveryId: row.deliveryId,
    slotId,
    day,
    ord,
    plannedAt: at,
    class: release.lane,
    state: offered ? 'offered' : 'chosen',
    decidedBy: null,
    decidedAt: offered ? null : ctx.clock.now(),
    reason: '',
    offDayId: null,
  }
}
