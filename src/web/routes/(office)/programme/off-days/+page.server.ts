import { sentenceOf } from '#app/wording/words.ts'
import { addDays, dayAt, type Id } from '#core/kernel/index.ts'
import { dropOffDay, keepOffDay, OFF_KINDS, offDaysBetween, whyNotAllStations } from '#core/programme/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { paths } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const AHEAD_DAYS = 800

export const load: PageServerLoad = async ({ locals: { ctx, w } }) => {
  const today = dayAt(ctx.clock.now())
  const days = await offDaysBetween(ctx.db, today, addDays(today, AHEAD_DAYS), null)
  const now = {
    fromDay: today,
    toDay: today,
    name: 'x',
    kind: 'other' as const,
    stops: 'all' as const,
    organisationId: null,
  }
  const refusal = (await keepOffDay.whyNot(ctx, now)) ?? (await whyNotAllStations(ctx))
  return {
    days,
    kinds: OFF_KINDS.map((value) => ({ value, name: w(`programme_off_${value}`) })),
    stops: (['ordinary', 'all'] as const).map((value) => ({ value, name: w(`programme_stops_${value}`) })),
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

const then = (done: string) => () => `${paths.programmeOffDays}?done=${done}`

export const actions: Actions = {
  keep: act(keepOffDay, {
    input: (data) => ({
      fromDay: fieldOf(data, 'fromDay'),
      toDay: fieldOf(data, 'toDay') || fieldOf(data, 'fromDay'),
      name: fieldOf(data, 'name'),
      kind: OFF_KINDS.find((one) => one === fieldOf(data, 'kind')) ?? 'other',
      stops: fieldOf(data, 'stops') === 'all' ? ('all' as const) : ('ordinary' as const),
      organisationId: null,
    }),
    then: then('programme_off_day_kept'),
  }),
  drop: act(dropOffDay, {
    input: (data) => ({ offDayId: fieldOf(data, 'offDay') as Id<'off_day'> }), // the schema looks at it
    then: then('programme_off_day_dropped'),
  }),
}
