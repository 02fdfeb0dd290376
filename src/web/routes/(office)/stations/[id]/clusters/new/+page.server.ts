import { BARE_STATION_ROW, keepStation } from '#core/station/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import { stationNamed } from '../../../one-station.ts'
import { rowOfForm } from '../../../station-form.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const { id, code, name } = await stationNamed(ctx, params.id)
  const refusal = await keepStation.whyNot(ctx, { row: { ...BARE_STATION_ROW, kind: 'cluster', station: code } })
  return { station: { id, name }, whyNot: refusal && sentenceOf(w, refusal) }
}

export const actions: Actions = {
  default: act(keepStation, {
    input: async (data, { locals: { ctx }, params }) => {
      const { code } = await stationNamed(ctx, params.id)
      return { row: rowOfForm('cluster', data, { station: code }) }
    },
    then: (_changed, { params }) => `${paths.station(params.id ?? '')}?done=station_kept`,
  }),
}
