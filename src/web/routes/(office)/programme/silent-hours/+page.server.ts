import { sentenceOf } from '#app/wording/words.ts'
import { setSilentHours, SILENT_HOURS, silenceBy, silentHoursOf } from '#core/programme/index.ts'
import { act, fieldOf, fieldsOf } from '#web/forms/act.ts'
import { refuseForm } from '#web/forms/refused.ts'
import { paths } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w } }) => {
  const hours = await silentHoursOf(ctx)
  const refusal = await setSilentHours.whyNot(ctx, { hours, seen: 0 })
  return { hours, limits: SILENT_HOURS, whyNot: refusal && sentenceOf(w, refusal) }
}

const hoursOf = (data: FormData) => Number(fieldOf(data, 'hours').trim() || Number.NaN)

export const actions: Actions = {
  /** What it would do; kept is nothing. */
  preview: async (event) => {
    const data = await event.request.formData()
    try {
      const preview = await silenceBy(event.locals.ctx, hoursOf(data))
      return { typed: fieldsOf(data), problems: [], preview }
    } catch (thrown) {
      return refuseForm(event, thrown, data)
    }
  },
  keep: act(setSilentHours, {
    input: (data) => ({ hours: hoursOf(data) || 0, seen: Number(fieldOf(data, 'seen')) || 0 }),
    then: () => `${paths.programmeSilence}?done=programme_silence_set`,
  }),
}
