import * as v from 'valibot'
import { actingPerson, action, dayAt, idOf, Refusal, type Ctx, type Id } from '../kernel/index.ts'
import { messageById } from '../message/index.ts'
import { outletsWhere } from '../outlet/index.ts'
import { openRow, releaseById } from '../release/index.ts'
import { stationOf, stationsOn, touchStation, type Station } from '../station/index.ts'
import { Period } from './airing.ts'
import { replaceConflicts, rowsToLayAnew, upsertAiring, type LaidRow } from './airing.store.ts'
import { broadcastsOfRelease } from './broadcast.store.ts'
import type { Conflict, Standing } from './lay-out.ts'
import { expectSoon, layByRule, playOf, type Beside } from './lay-row.ts'
import { untilOf } from './make-broadcasts.ts'
import { deleteUntouched, insertPlays } from './play.store.ts'
import type { Broadcast } from './programme.ts'
import { lockProgramme, lockProgrammes } from './slot.store.ts'

const Layout = v.object({
  releaseId: idOf<'release'>(),
  periods: v.pipe(v.array(Period), v.minLength(1), v.maxLength(50)),
})
/** Who lays a release out. */
export const LAYERS = ['campaign_officer', 'leader'] as const

/** What a rule would make of a release, station by station. */
export interface LayoutPreview {
  readonly stations: readonly {
    readonly station: Pick<Station, 'id' | 'name' | 'code'>
    readonly plays: number
    readonly conflicts: readonly Conflict[]
  }[]
  readonly plays: number
  readonly conflicts: number
  /** Plays by month, as `2026-11`. */
  readonly months: readonly (readonly [month: string, plays: number])[]
}

/** What laying out would do; nothing is changed. A release that nobody has pressed yet is shown where it would be heard. */
export async function previewLayout(ctx: Ctx, given: v.InferInput<typeof Layout>): Promise<LayoutPreview> {
  const { releaseId, periods } = v.parse(Layout, given)
  return summaryOf(await layoutsOf(ctx, releaseId, periods, () => ({ without: [releaseId], more: [] })))
}

/**
 * The same for several releases that are laid out by one rule, one after the other: none finds standing what of them may be
 * laid anew, but each what those before it will have laid.
 */
export async function previewLayouts(
  ctx: Ctx,
  releaseIds: readonly Id<'release'>[],
  given: v.InferInput<typeof Layout>['periods'],
): Promise<LayoutPreview[]> {
  const periods = v.parse(Layout.entries.periods, given)
  const laid = new Map<Id<'outlet'>, Standing[]>()
  const previews: LayoutPreview[] = []
  for (const releaseId of releaseIds) {
    const layouts = await layoutsOf(ctx, releaseId, periods, (stationId) => ({
      without: releaseIds,
      more: laid.get(stationId) ?? [],
    }))
    for (const { station, pieces, plays } of layouts) {
      const seconds = new Map(pieces.map((piece) => [piece.id, piece.seconds]))
      const more = plays.map((play) => ({ ...play, seconds: seconds.get(play.broadcastId) ?? 0 }))
      laid.set(station.id, [...(laid.get(station.id) ?? []), ...more])
    }
    previews.push(summaryOf(layouts))
  }
  return previews
}

type LayoutAt = NonNullable<Awaited<ReturnType<typeof layoutAt>>>

async function layoutsOf(
  ctx: Ctx,
  releaseId: Id<'release'>,
  periods: readonly Period[],
  besideAt: (stationId: Id<'outlet'>) => Beside,
): Promise<LayoutAt[]> {
  const layouts: LayoutAt[] = []
  for (const row of await rowsOf(ctx, releaseId)) {
    const layout = await layoutAt(ctx, releaseId, row, periods, besideAt(row.stationId))
    if (layout) layouts.push(layout)
  }
  return layouts
}

function summaryOf(layouts: readonly LayoutAt[]): LayoutPreview {
  const months = new Map<string, number>()
  for (const { plays } of layouts)
    for (const { day } of plays) months.set(day.slice(0, 7), (months.get(day.slice(0, 7)) ?? 0) + 1)
  return {
    stations: layouts.map(({ station, plays, conflicts }) => ({ station, plays: plays.length, conflicts })),
    plays: layouts.reduce((sum, { plays }) => sum + plays.length, 0),
    conflicts: layouts.reduce((sum, { conflicts }) => sum + conflicts.length, 0),
    months: [...months].sort(([one], [other]) => (one < other ? -1 : 1)),
  }
}

/** Rows that stand; of what has not gone out yet, the stations of its places. */
async function rowsOf(ctx: Ctx, releaseId: Id<'release'>): Promise<LaidRow[]> {
  const release = await releaseById(ctx.db, releaseId)
  if (!release) return []
  if (release.state === 'released') return rowsToLayAnew(ctx.db, releaseId)
  const filter = { channel: 'loudspeaker' as const, within: release.places, day: dayAt(release.startsAt) }
  const outlets = await outletsWhere(ctx.db, filter, null, MOST_STATIONS)
  return outlets.map(({ id: stationId }) => ({ deliveryId: '' as Id<'delivery'>, stationId, broadcastIds: [] }))
}
const MOST_STATIONS = 1_000

/**
 * Lays out a release for all its time in one gesture: what has not begun and nobody has decided about is laid anew at every
 * station, by the rule of each part; what a commune chose, moved or left out stays. A release that has not gone out yet
 * keeps the rule until it does. Answers how many plays were laid.
 */
export const layOutRelease = action('programme.lay_out', {
  input: Layout,
  may: {
    who: 'roles',
    roles: LAYERS,
    within: async (ctx, { releaseId }) => (await releaseById(ctx.db, releaseId))?.organisationId ?? null,
  },
  records: ({ releaseId }, count: number) => ({ subject: 'release', subjectId: releaseId, facts: { count } }),
  async run(ctx, { releaseId, periods }): Promise<number> {
    const release = await releaseById(ctx.db, releaseId)
    if (!release) throw new Refusal('release.not_found')
    if (release.lane === 'emergency') throw new Refusal('programme.play_emergency')
    if (release.state === 'dropped' || release.cancelledAt !== null) throw new Refusal('release.not_running')
    if (periods.some(({ from, to }) => from > to)) throw new Refusal('programme.days_turned', {}, 'to')
    const keptBy = actingPerson(ctx)
    await upsertAiring(ctx.db, releaseId, periods, keptBy, ctx.clock.now())
    let count = 0
    for (const row of await rowsToLayAnew(ctx.db, releaseId)) count += await layAnew(ctx, releaseId, row, periods)
    return count
  },
})

/**
 * Lays out several releases by one rule, all or none, in the order given, so that the first find room first; done again it
 * is done once. Answers how many plays were laid.
 */
export async function layOutReleases(
  ctx: Ctx,
  releaseIds: readonly Id<'release'>[],
  periods: v.InferInput<typeof Layout>['periods'],
): Promise<number> {
  return ctx.db.transaction().execute(async (db) => {
    const inside = { ...ctx, db, inTransaction: true }
    const codes = new Map((await stationsOn(db, dayAt(ctx.clock.now()))).map(({ id }, at) => [id, at]))
    const rows = new Map<Id<'release'>, LaidRow[]>()
    for (const releaseId of releaseIds) rows.set(releaseId, await rowsToLayAnew(db, releaseId))
    const stations = new Set([...rows.values()].flat().map(({ stationId }) => stationId))
    await lockProgrammes(
      db,
      [...stations].sort((one, other) => (codes.get(one) ?? -1) - (codes.get(other) ?? -1)),
    )
    for (const [releaseId, own] of rows)
      for (const { stationId } of own) await deleteUntouched(db, releaseId, stationId, ctx.clock.now())
    let count = 0
    // Who may lay each of them out, the action asks: else nothing of all this is done.
    for (const releaseId of releaseIds) count += await layOutRelease(inside, { releaseId, periods })
    return count
  })
}

async function layAnew(ctx: Ctx, releaseId: Id<'release'>, row: LaidRow, periods: readonly Period[]): Promise<number> {
  await lockProgramme(ctx.db, row.stationId)
  await deleteUntouched(ctx.db, releaseId, row.stationId, ctx.clock.now())
  const laid = await layoutAt(ctx, releaseId, row, periods, { without: [releaseId], more: [] })
  const release = await releaseById(ctx.db, releaseId)
  // Nothing was made of it yet: it is laid by the rule when it goes out.
  if (!laid || !release || (await broadcastsOfRelease(ctx.db, releaseId)).length === 0) return 0
  const { station, plays, conflicts } = laid
  const of = { release, station, row: { ...row, releaseId, renditions: [], byHand: station.carriage !== 'ip' } }
  const added = await insertPlays(
    ctx.db,
    plays.map((one) => playOf(ctx, of, one)),
  )
  await expectSoon(ctx, added)
  if (added.length > 0) await openRow(ctx, { releaseId, deliveryId: row.deliveryId })
  await replaceConflicts(ctx.db, { releaseId, deliveryId: row.deliveryId }, station.id, conflicts)
  await touchStation(ctx.db, station.id)
  return added.length
}

/** What a rule lays at one station beside what stands there of others, and of it what people have decided about. */
async function layoutAt(ctx: Ctx, releaseId: Id<'release'>, row: LaidRow, periods: readonly Period[], beside: Beside) {
  const station = await stationOf(ctx.db, row.stationId)
  const release = await releaseById(ctx.db, releaseId)
  if (!station || !release) return null
  const made = await broadcastsOfRelease(ctx.db, releaseId)
  const chosen = made.filter(({ id }) => row.broadcastIds.includes(id))
  const pieces = chosen.length > 0 ? chosen : made.length > 0 ? made : [await pieceOf(ctx, release)]
  return { station, pieces, ...(await layByRule(ctx, station, release, pieces, periods, beside)) }
}

/** Stands for a broadcast that is made only when the release goes out: as long as such notices are. */
async function pieceOf(
  ctx: Ctx,
  release: NonNullable<Awaited<ReturnType<typeof releaseById>>>,
): Promise<Pick<Broadcast, 'id' | 'seconds' | 'validFrom' | 'validUntil'>> {
  const message = await messageById(ctx.db, release.messageId)
  const validUntil = untilOf(release, message?.validUntil ?? null)
  // An id of its own, so that another release that is not pressed yet is no repeat of it.
  return { id: `${release.id}` as Id<'broadcast'>, seconds: USUAL_SECONDS, validFrom: release.startsAt, validUntil }
}
const USUAL_SECONDS = 120

/** The days between which a release may be laid out. */
export async function daysOfRelease(ctx: Ctx, releaseId: Id<'release'>): Promise<{ from: string; to: string } | null> {
  const release = await releaseById(ctx.db, releaseId)
  if (!release) return null
  const message = await messageById(ctx.db, release.messageId)
  const until = untilOf(release, message?.validUntil ?? null)
  return { from: dayAt(release.startsAt), to: dayAt(new Date(until.getTime() - 1)) }
}
