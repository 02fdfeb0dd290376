import * as v from 'valibot'
import {
  actingPerson,
  action,
  dayAt,
  daysBetween,
  DaySchema,
  idOf,
  newId,
  parse,
  Refusal,
  refuseIf,
  type Ctx,
  type Id,
  type Role,
} from '../kernel/index.ts'
import { idsBelow, organisationsWhere } from '../organisation/index.ts'
import { stationsOn, touchStation } from '../station/index.ts'
import { endOffDay, insertOffDay, offDayById, sameOffDay, type KeptOffDay } from './off-day.store.ts'
import { settleRows } from './settle-rows.ts'
import { lockProgrammes } from './slot.store.ts'
import { countFallingOn, endTaken, oneOfEachRowTaken, takeFallingOn, type Taken } from './taken-play.store.ts'

export const OFF_KINDS = ['holiday', 'exam', 'mourning', 'other'] as const
/** A quarter. Of 99 stations with four plays a day a year takes 48 seconds in one transaction, two weeks 3. */
const MOST_DAYS = 92

export const OFF_DAY_KEEPERS: readonly Role[] = ['administrator', 'campaign_officer', 'leader']

const Off = v.object({
  fromDay: DaySchema,
  toDay: DaySchema,
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)),
  kind: v.picklist(OFF_KINDS),
  stops: v.picklist(['ordinary', 'all']),
  /** For the stations of this body and of those below it; null: for every station. */
  organisationId: v.nullable(idOf<'organisation'>()),
})

/** What stands in the way of who would keep silent the stations of all bodies; null where they answer for the province. */
export async function whyNotAllStations({ db, actor }: Ctx): Promise<Refusal | null> {
  if (actor.kind !== 'person') return null
  const grants = actor.grants.filter(({ role }) => OFF_DAY_KEEPERS.includes(role))
  const bodies = await organisationsWhere(
    db,
    grants.map(({ organisationId }) => organisationId),
  )
  if (bodies.some(({ level }) => level === 'province' || level === 'national')) return null
  return new Refusal('programme.off_day_of_all', {})
}

/** Who answers for the province does for each of its bodies, whether they stand above it or beside. */
async function unlessProvince(ctx: Ctx, organisationId: Id<'organisation'> | null): Promise<Id<'organisation'> | null> {
  return (await whyNotAllStations(ctx)) ? organisationId : null
}

/** What setting a day off would take away of what is laid already; nothing is changed. */
export async function previewOffDay(ctx: Ctx, given: v.InferInput<typeof Off>): Promise<Taken> {
  const off = parse(Off, given)
  refuseIf(await keepOffDay.whyNot(ctx, { ...off, seen: 0 }))
  await refuseOdd(ctx, off)
  return countFallingOn(ctx.db, off, await stationsOf(ctx, off), ctx.clock.now())
}

/**
 * Names days on which ordinary notices, or all but an emergency, play nowhere: at the stations of a body, or at all. What
 * is laid there and has not begun is taken away, if it is as many plays as whoever sets it was shown. The same set again
 * changes nothing. All in one transaction, in which nothing is laid at these stations.
 */
export const keepOffDay = action('programme.keep_off_day', {
  input: v.object({ ...Off.entries, seen: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
  may: {
    who: 'roles',
    roles: OFF_DAY_KEEPERS,
    within: (ctx: Ctx, { organisationId }: { readonly organisationId: Id<'organisation'> | null }) =>
      unlessProvince(ctx, organisationId),
  },
  records: ({ fromDay, toDay, kind }, { offDayId, plays, isNew }: KeptDays) =>
    isNew ? { subject: 'off_day', subjectId: offDayId, facts: { from: fromDay, to: toDay, kind, plays } } : null,
  async run(ctx, { seen, ...off }): Promise<KeptDays> {
    await refuseOdd(ctx, off)
    const stationIds = await stationsOf(ctx, off)
    await lockProgrammes(ctx.db, stationIds)
    const same = await sameOffDay(ctx.db, off)
    if (same) return { offDayId: same, plays: 0, isNew: false }
    const now = ctx.clock.now()
    const { ordinary, priority } = await countFallingOn(ctx.db, off, stationIds, now)
    const plays = ordinary + priority
    if (plays !== seen) throw new Refusal('programme.off_day_unseen', { count: plays, seen })
    const kept = { ...off, id: newId<'off_day'>() }
    await insertOffDay(ctx.db, { ...kept, keptBy: actingPerson(ctx), keptAt: now })
    if (plays > 0) await takeAway(ctx, kept, stationIds, now)
    return { offDayId: kept.id, plays, isNew: true }
  },
})

interface KeptDays {
  readonly offDayId: Id<'off_day'>
  /** Plays that were taken away. */
  readonly plays: number
  readonly isNew: boolean
}

async function refuseOdd(ctx: Ctx, { fromDay, toDay, organisationId }: v.InferOutput<typeof Off>): Promise<void> {
  if (fromDay > toDay) throw new Refusal('programme.days_turned', {}, 'toDay')
  if (toDay < dayAt(ctx.clock.now())) throw new Refusal('programme.off_day_over', {}, 'toDay')
  if (daysBetween(fromDay, toDay) >= MOST_DAYS)
    throw new Refusal('programme.off_day_long', { most: MOST_DAYS }, 'toDay')
  if (organisationId === null) refuseIf(await whyNotAllStations(ctx))
  else if ((await organisationsWhere(ctx.db, [organisationId])).length === 0)
    throw new Refusal('organisation.not_found', { code: organisationId }, 'organisationId')
}

/** Stations for which a day off holds, by code. */
async function stationsOf(
  { db, clock }: Ctx,
  { organisationId }: Pick<KeptOffDay, 'organisationId'>,
): Promise<Id<'outlet'>[]> {
  const all = await stationsOn(db, dayAt(clock.now()))
  const below = organisationId && (await idsBelow(db, [organisationId]))
  return all.filter((station) => !below || below.has(station.organisationId)).map(({ id }) => id)
}

async function takeAway(ctx: Ctx, off: KeptOffDay, stationIds: readonly Id<'outlet'>[], now: Date): Promise<void> {
  const touched = await takeFallingOn(ctx.db, off, stationIds, now)
  await endTaken(ctx.db, off.id, now)
  await settleRows(ctx, await oneOfEachRowTaken(ctx.db, off.id))
  for (const stationId of touched) await touchStation(ctx.db, stationId)
}

/** Days off hold no more. What they took away stays away, until its release is laid out anew. */
export const dropOffDay = action('programme.drop_off_day', {
  input: v.object({ offDayId: idOf<'off_day'>() }),
  may: {
    who: 'roles',
    roles: OFF_DAY_KEEPERS,
    within: async (ctx, { offDayId }) =>
      unlessProvince(ctx, (await offDayById(ctx.db, offDayId))?.organisationId ?? null),
  },
  records: ({ offDayId }, held: boolean) => (held ? { subject: 'off_day', subjectId: offDayId, facts: {} } : null),
  async run(ctx, { offDayId }): Promise<boolean> {
    const day = await offDayById(ctx.db, offDayId)
    if (!day) return false
    if (day.organisationId === null) refuseIf(await whyNotAllStations(ctx))
    await endOffDay(ctx.db, offDayId, ctx.clock.now())
    return true
  },
})
