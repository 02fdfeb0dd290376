import { dayAt, type Ctx } from '../core/kernel/index.ts'
import { keepSlot } from '../core/programme/index.ts'
import { stationsOn } from '../core/station/index.ts'

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
