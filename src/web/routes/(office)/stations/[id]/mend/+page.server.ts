import { endStation, keepStation, stationRows } from '#core/station/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { Refusal, type Ctx } from '#core/kernel/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import { standingNow, stationNamed } from '../../one-station.ts'
import { rowOfForm } from '../../station-form.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const station = await stationNamed(ctx, params.id)
  const row = await rowOf(ctx, station.code)
  const refusal = await keepStation.whyNot(ctx, { row })
  const notEnd = await endStation.whyNot(ctx, { stationId: station.id, reason: '–' })
  const standing = await standingNow(ctx, station)
  return {
    station: { id: station.id, name: station.name },
    row,
    whyNot: refusal && sentenceOf(w, refusal),
    whyNotEnd: notEnd && sentenceOf(w, notEnd),
    ends: standing && { clusters: standing.clusters, devices: standing.enrolled + standing.expected },
  }
}

async function rowOf(ctx: Ctx, code: string) {
  const row = (await stationRows(ctx.db)).find((one) => one.kind === 'station' && one.code === code)
  if (!row) throw new Refusal('station.not_found')
  return row
}

export const actions: Actions = {
  keep: act(keepStation, {
    input: async (data, { locals: { ctx }, params }) => {
      const { code } = await stationNamed(ctx, params.id)
      return { row: rowOfForm('station', data, await rowOf(ctx, code)) }
    },
    then: (_changed, { params }) => `${paths.station(params.id ?? '')}?done=station_kept`,
  }),
  end: act(endStation, {
    input: (data, { params }) => ({ stationId: params.id ?? '', reason: fieldOf(data, 'reason') }),
    then: () => `${paths.stations}?done=station_ended`,
  }),
}
