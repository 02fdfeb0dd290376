import * as v from 'valibot'
import { actingPerson, action, dayAt, idOf, newId, Refusal, refuseIf, type Ctx, type Id } from '../kernel/index.ts'
import { LANGUAGE_TAG } from '../message/index.ts'
import { countEnrolled, heardSince } from '../station/index.ts'
import { whyNotOver } from './rights.ts'
import { insertTakeover, mostMinutes, stationsToTake } from './takeover.store.ts'
import { ASKED_LAPSES_MS, ASKERS } from './takeover.ts'

const MOST_STATIONS = 1_000
const words = (most: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(most))

/**
 * Asks that the loudspeakers of some stations say what a person says into the microphone of whoever asks. Nothing sounds:
 * another person approves. `devices` is how many the page showed; when it is another number now, nothing is asked.
 */
export const askTakeover = action('takeover.ask', {
  input: v.object({
    stationIds: v.pipe(v.array(idOf<'outlet'>()), v.minLength(1), v.maxLength(MOST_STATIONS)),
    reason: words(1_000),
    /** Who will be heard, by name and office. */
    speaker: words(200),
    language: v.pipe(v.string(), v.regex(LANGUAGE_TAG)),
    minutes: v.pipe(v.number(), v.integer(), v.minValue(1)),
    devices: v.pipe(v.number(), v.integer(), v.minValue(0)),
  }),
  may: { who: 'roles', roles: ASKERS },
  records: ({ stationIds, minutes, devices, language }, id: Id<'takeover'>) => ({
    subject: 'takeover',
    subjectId: id,
    facts: { stations: new Set(stationIds).size, devices, minutes, language },
  }),
  async run(ctx, { stationIds, devices, minutes, ...wish }) {
    const ids = await stationsToTake(ctx.db, stationIds, dayAt(ctx.clock.now()))
    refuseIf(await whyNotAsk(ctx, ids))
    const most = await mostMinutes(ctx.db)
    if (minutes > most) throw new Refusal('takeover.too_long', { most }, 'minutes')
    const now = ctx.clock.now()
    const reach = await countEnrolled(ctx.db, ids, heardSince(now))
    if (reach.devices === 0) throw new Refusal('takeover.nobody')
    if (reach.devices !== devices) throw new Refusal('takeover.count_changed', { shown: devices, now: reach.devices })
    const id = newId<'takeover'>()
    await insertTakeover(
      ctx.db,
      {
        ...wish,
        ...{ id, minutes, state: 'asked', askedBy: actingPerson(ctx), askedAt: now },
        lapsesAt: new Date(now.getTime() + ASKED_LAPSES_MS),
      },
      ids.map((stationId) => ({ stationId, playId: newId<'play'>() })),
    )
    return id
  },
})

/** Why this person may not ask for these stations; null when they may. It needs the right over every one of them. */
export function whyNotAsk(ctx: Ctx, stationIds: readonly Id<'outlet'>[]) {
  return whyNotOver(ctx, ASKERS, stationIds)
}
