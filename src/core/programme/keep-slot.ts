import * as v from 'valibot'
import { action, dayAt, DaySchema, idOf, newId, Refusal, type Ctx, type Id } from '../kernel/index.ts'
import { stationOf, touchStation } from '../station/index.ts'
import { readMarket } from './market.ts'
import { lockProgramme, slotById, slotsOf, upsertSlot } from './slot.store.ts'
import { mayOverlap, type Slot } from './slot.ts'

/** Who may decide what a station plays and when: its commune, and who stands above it. */
export const PROGRAMMERS = ['administrator', 'campaign_officer', 'leader', 'field_officer'] as const

const OneStation = v.object({ stationId: idOf<'outlet'>() })
export const mayProgramme = {
  who: 'roles' as const,
  roles: PROGRAMMERS,
  within: async (ctx: Ctx, { stationId }: { readonly stationId: Id<'outlet'> }) =>
    (await stationOf(ctx.db, stationId))?.organisationId ?? null,
}

const clock = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/))
const monthDay = v.nullable(v.pipe(v.string(), v.regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)))

/** Adds a slot of a station, or amends one: plays that are laid in it keep the hour they were laid at. */
export const keepSlot = action('programme.keep_slot', {
  input: v.object({
    ...OneStation.entries,
    slotId: v.optional(idOf<'slot'>()),
    name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100)),
    weekdays: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(127)),
    market: v.pipe(v.string(), v.trim(), v.maxLength(100)),
    begins: clock,
    minutes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(240)),
    fromDay: v.nullable(DaySchema),
    toDay: v.nullable(DaySchema),
    seasonFrom: monthDay,
    seasonTo: monthDay,
  }),
  may: mayProgramme,
  records: ({ stationId, begins, minutes }) => ({
    subject: 'outlet',
    subjectId: stationId,
    facts: { begins, minutes },
  }),
  async run(ctx, { slotId, ...given }) {
    if (!(await stationOf(ctx.db, given.stationId))) throw new Refusal('programme.no_station')
    await lockProgramme(ctx.db, given.stationId)
    const before = slotId ? await slotById(ctx.db, slotId) : null
    if (slotId && before?.stationId !== given.stationId) throw new Refusal('programme.no_slot')
    refuseOdd(given)
    const id = slotId ?? newId<'slot'>()
    const others = await slotsOf(ctx.db, given.stationId, dayAt(ctx.clock.now()))
    const clash = others.find((other) => other.id !== id && mayOverlap(given, other))
    if (clash) throw new Refusal('programme.slots_overlap', { name: clash.name, begins: clash.begins }, 'begins')
    await upsertSlot(ctx.db, { ...given, id })
    await touchStation(ctx.db, given.stationId)
    return id
  },
})

function refuseOdd(slot: Omit<Slot, 'id' | 'stationId' | 'name'>): void {
  const { weekdays, market, fromDay, toDay, seasonFrom, seasonTo } = slot
  if (market !== '' && !readMarket(market)) throw new Refusal('programme.bad_market', {}, 'market')
  if (weekdays === 0 && market === '') throw new Refusal('programme.no_days', {}, 'weekdays')
  if (fromDay !== null && toDay !== null && fromDay > toDay) throw new Refusal('programme.days_turned', {}, 'toDay')
  if ((seasonFrom === null) !== (seasonTo === null)) throw new Refusal('programme.half_season', {}, 'seasonTo')
}

/** Lets a slot fall no more after today; what is laid in it for later is moved or left out by who decides. */
export const endSlot = action('programme.end_slot', {
  input: v.object({ ...OneStation.entries, slotId: idOf<'slot'>() }),
  may: mayProgramme,
  records: ({ stationId, slotId }) => ({ subject: 'outlet', subjectId: stationId, facts: { slot: slotId } }),
  async run(ctx, { stationId, slotId }) {
    const slot = await slotById(ctx.db, slotId)
    if (slot?.stationId !== stationId) throw new Refusal('programme.no_slot')
    const today = dayAt(ctx.clock.now())
    const fromDay = slot.fromDay !== null && slot.fromDay > today ? today : slot.fromDay
    await upsertSlot(ctx.db, { ...slot, fromDay, toDay: today })
    await touchStation(ctx.db, stationId)
  },
})
