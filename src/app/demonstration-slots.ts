import { dayAt, Refusal, timeAt, type Ctx } from '../core/kernel/index.ts'
import { keepSlot } from '../core/programme/index.ts'
import { stationByCode, stationsOn } from '../core/station/index.ts'

const EVERY_DAY = 127

/** Made up like the rest of the demonstration's stations: each village keeps its own hours. */
const SLOTS = [
  { name: 'Sáng', begins: '05:30' },
  { name: 'Chiều', begins: '16:30' },
] as const

/** Gives every station of the demonstration a morning and an afternoon: without a slot nothing could be heard there. */
export async function addDemonstrationSlots(ctx: Ctx): Promise<void> {
  const always = { fromDay: null, toDay: null, seasonFrom: null, seasonTo: null }
  for (const { id: stationId } of await stationsOn(ctx.db, dayAt(ctx.clock.now()))) {
    for (const slot of SLOTS)
      await keepSlot(ctx, { ...always, ...slot, stationId, weekdays: EVERY_DAY, market: '', minutes: 30 })
  }
}

/** Where somebody new listens along: a commune of the cast, with four devices that are played. */
export const TRIAL_STATION = 'LOA-DTT-02761'
const TRIAL_EVERY_MS = 10 * 60_000
const TRIALS = 18
const TRIAL_MINUTES = 5

/**
 * Gives the station of the guided visit short slots for the three hours after a start, that day alone: who tries the way of a
 * message hears it within minutes and need not wait for the evening. Where another slot stands none is added.
 */
export async function addTrialSlots(ctx: Ctx): Promise<void> {
  const station = await stationByCode(ctx.db, TRIAL_STATION)
  if (!station) return
  const now = ctx.clock.now()
  const today = dayAt(now)
  const first = Math.ceil((now.getTime() + TRIAL_EVERY_MS / 2) / TRIAL_EVERY_MS) * TRIAL_EVERY_MS
  const moments = Array.from({ length: TRIALS }, (_, at) => new Date(first + at * TRIAL_EVERY_MS))
  for (const moment of moments.filter((one) => dayAt(one) === today)) {
    const begins = timeAt(moment)
    const days = { weekdays: EVERY_DAY, market: '', fromDay: today, toDay: today, seasonFrom: null, seasonTo: null }
    const slot = { stationId: station.id, name: `Giờ thử ${begins}`, begins, minutes: TRIAL_MINUTES }
    await keepSlot(ctx, { ...days, ...slot }).catch((thrown: unknown) => {
      if (!(thrown instanceof Refusal && thrown.code === 'programme.slots_overlap')) throw thrown
    })
  }
}
