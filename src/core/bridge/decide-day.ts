import * as v from 'valibot'
import { actingPerson, action, dayAt, idOf, Refusal, refuseIf, tidy, type Ctx, type Id } from '../kernel/index.ts'
import { fallsOn, keepSlot, mayProgramme, slotsOf } from '../programme/index.ts'
import { stationByCode } from '../station/index.ts'
import type { SourceSlot } from './bridge-package.ts'
import { decideProposedDay, lockProposedDay, proposedDayById } from './proposed-day.store.ts'
import { daysAhead, minutesOfSlot, stretchesOf, whyNotDecideDay, type ProposedDay } from './proposed-day.ts'

const EVERY_WEEKDAY = 127
const ALWAYS = { market: '', seasonFrom: null, seasonTo: null, weekdays: EVERY_WEEKDAY }
const OneDay = { dayId: idOf<'bridge_day'>() }

/**
 * Takes the hours of a day from above, and of those with the same plan, over into the programme of a station: each becomes
 * a slot there, unless it has that hour already. What sounds in them are the bulletins of above once each of them is a
 * message that was approved and released here.
 */
export const takeProposedDay = action('bridge.take_day', {
  input: v.object({ ...OneDay, stationId: idOf<'outlet'>() }),
  may: mayProgramme,
  records: ({ dayId, stationId }, slots: number) => ({
    subject: 'bridge_day',
    subjectId: dayId,
    facts: { stationId, slots },
  }),
  async run(ctx, { dayId, stationId }) {
    const { content } = await openDay(ctx, dayId)
    const days = daysAhead(content, dayAt(ctx.clock.now()))
    if (days.length === 0) throw new Refusal('bridge.day_gone')
    let slots = 0
    for (const slot of content.slots) slots += await layHour(ctx, stationId, slot, days)
    await decideProposedDay(ctx.db, dayId, { ...decided(ctx), state: 'taken', stationId, slots, reason: '' })
    return slots
  },
})

/** Says that a day from above is not followed, and why. */
export const declineProposedDay = action('bridge.decline_day', {
  input: v.object({ ...OneDay, reason: v.pipe(v.string(), v.transform(tidy), v.minLength(1), v.maxLength(500)) }),
  may: { ...mayProgramme, within: stationNamedIn },
  records: ({ dayId }) => ({ subject: 'bridge_day', subjectId: dayId, facts: {} }),
  async run(ctx, { dayId, reason }) {
    await openDay(ctx, dayId)
    await decideProposedDay(ctx.db, dayId, { ...decided(ctx), state: 'declined', stationId: null, slots: 0, reason })
  },
})

/** Whose station a day names; null where we have none of that code, so that it is nobody's own. */
async function stationNamedIn(ctx: Ctx, { dayId }: { readonly dayId: Id<'bridge_day'> }) {
  const proposed = await proposedDayById(ctx.db, dayId)
  return proposed && ((await stationByCode(ctx.db, proposed.station))?.organisationId ?? null)
}

async function openDay(ctx: Ctx, id: Id<'bridge_day'>): Promise<ProposedDay> {
  const proposed = await lockProposedDay(ctx.db, id)
  if (!proposed) throw new Refusal('bridge.not_found')
  refuseIf(whyNotDecideDay(proposed))
  return proposed
}

/** Makes slots of an hour on the days on which the station does not have it yet. Answers how many. */
async function layHour(
  ctx: Ctx,
  stationId: Id<'outlet'>,
  { name, begins, ends }: SourceSlot,
  days: readonly string[],
): Promise<number> {
  const minutes = minutesOfSlot({ begins, ends })
  const own = await slotsOf(ctx.db, stationId, days[0] ?? '')
  const has = (day: string) =>
    own.some((slot) => slot.begins === begins && slot.minutes >= minutes && fallsOn(slot, day))
  const stretches = stretchesOf(days.filter((day) => !has(day)))
  for (const { from, to } of stretches) {
    const named = tidy(name).slice(0, 100) || begins
    await keepSlot(ctx, { ...ALWAYS, stationId, name: named, begins, minutes, fromDay: from, toDay: to })
  }
  return stretches.length
}

function decided(ctx: Ctx) {
  return { decidedAt: ctx.clock.now(), decidedBy: actingPerson(ctx) }
}
