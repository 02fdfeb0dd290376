import { BARE_STATION_ROW, keepStation } from '#core/station/index.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { act } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import { rowOfForm } from '../station-form.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w } }) => {
  const refusal = await keepStation.whyNot(ctx, { row: { ...BARE_STATION_ROW, kind: 'station' } })
  return { whyNot: refusal && sentenceOf(w, refusal) }
}

export const actions: Actions = {
  default: act(keepStation, {
    input: (data) => ({ row: rowOfForm('station', data) }),
    then: () => `${paths.stations}?done=station_kept`,
  }),
}
