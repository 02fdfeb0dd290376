import { addDays, dayAt } from '#core/kernel/index.ts'
import { stationsProgrammedBy, waitingAt } from '#core/programme/index.ts'
import type { PageServerLoad } from './$types.ts'

/** The stations whose programme one may decide about, with what waits there. */
export const load: PageServerLoad = async ({ locals: { ctx, w } }) => {
  const stations = await stationsProgrammedBy(ctx)
  const now = ctx.clock.now()
  const ids = stations.map(({ id }) => id)
  const counts = new Map((await waitingAt(ctx.db, ids, now, addDays(dayAt(now), 1))).map((one) => [one.stationId, one]))
  return {
    stations: stations.map(({ id, name, carriage }) => ({
      id,
      name,
      carriage: w(`station_carriage_${carriage}`),
      offered: counts.get(id)?.offered ?? 0,
      toClose: counts.get(id)?.toClose ?? 0,
    })),
  }
}
