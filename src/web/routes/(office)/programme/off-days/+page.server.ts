import { fail, redirect, type RequestEvent } from '@sveltejs/kit'
import { sentenceOf } from '#app/wording/words.ts'
import { dayAt, isDay, Refusal, type Ctx, type Id } from '#core/kernel/index.ts'
import {
  bodiesToKeepOff,
  dropOffDay,
  keepOffDay,
  OFF_KINDS,
  offDaysShown,
  previewOffDay,
  whyNotAllStations,
  type OffDayKey,
  type OffDayShown,
} from '#core/programme/index.ts'
import { act, fieldOf, fieldsOf } from '#web/forms/act.ts'
import { refuseForm } from '#web/forms/refused.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths } from '#web/paths.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const ON_A_PAGE = 50
const STOPS = ['ordinary', 'all'] as const

export const load: PageServerLoad = async ({ locals: { ctx, w }, url }) => {
  const found = await offDaysShown(ctx, keyOf(url.searchParams), ON_A_PAGE + 1)
  const shown = found.slice(0, ON_A_PAGE)
  const last = found.length > ON_A_PAGE ? shown.at(-1) : undefined
  const refusal = await whyNotKeep(ctx)
  const bodies = (await bodiesToKeepOff(ctx)).map(({ id, name }) => ({ value: id as string, name }))
  const everywhere = { value: '', name: w('programme_off_everywhere') }
  return {
    days: await Promise.all(shown.map(async (day) => ({ ...day, whyNot: await whyNotDrop(ctx, w, day) }))),
    first: url.searchParams.has('after') ? paths.programmeOffDays : null,
    more: last ? `${paths.programmeOffDays}?after=${last.fromDay}&id=${last.id}` : null,
    kinds: OFF_KINDS.map((value) => ({ value, name: w(`programme_off_${value}`) })),
    stops: STOPS.map((value) => ({ value, name: w(`programme_stops_${value}`) })),
    bodies: (await whyNotAllStations(ctx)) ? bodies : [everywhere, ...bodies],
    whyNot: refusal && sentenceOf(w, refusal),
  }
}

function keyOf(query: URLSearchParams): OffDayKey | null {
  const [fromDay, id] = [query.get('after') ?? '', givenId<'off_day'>(query.get('id'))]
  return isDay(fromDay) && id ? { fromDay, id } : null
}

/** Whether somebody may set any day off at all; for which body, the action asks. */
function whyNotKeep(ctx: Ctx): Promise<Refusal | null> {
  const today = dayAt(ctx.clock.now())
  const off = { fromDay: today, toDay: today, name: 'x', kind: 'other' as const, stops: 'all' as const }
  return keepOffDay.whyNot(ctx, { ...off, organisationId: null, seen: 0 })
}

async function whyNotDrop(ctx: Ctx, w: App.Locals['w'], day: OffDayShown): Promise<string | null> {
  const refusal =
    (await dropOffDay.whyNot(ctx, { offDayId: day.id })) ?? (day.body === null ? await whyNotAllStations(ctx) : null)
  return refusal && sentenceOf(w, refusal)
}

function offOf(data: FormData) {
  return {
    fromDay: fieldOf(data, 'fromDay'),
    toDay: fieldOf(data, 'toDay') || fieldOf(data, 'fromDay'),
    name: fieldOf(data, 'name'),
    kind: OFF_KINDS.find((one) => one === fieldOf(data, 'kind')) ?? 'other',
    stops: STOPS.find((one) => one === fieldOf(data, 'stops')) ?? 'ordinary',
    organisationId: (fieldOf(data, 'organisationId') || null) as Id<'organisation'> | null, // the schema looks at it
  }
}

async function previewOf({ locals: { ctx } }: RequestEvent, data: FormData) {
  const off = offOf(data)
  const bodies = await bodiesToKeepOff(ctx)
  const where = bodies.find(({ id }) => id === off.organisationId)?.name ?? null
  return { ...(await previewOffDay(ctx, off)), ...off, where }
}

export const actions: Actions = {
  /** What it would take away; kept is nothing. */
  preview: async (event) => {
    const data = await event.request.formData()
    try {
      return { typed: fieldsOf(data), problems: [], preview: await previewOf(event, data) }
    } catch (thrown) {
      return refuseForm(event, thrown, data)
    }
  },
  /** Kept as it was shown; where more or fewer plays would go by now, they are shown and asked for again. */
  keep: async (event) => {
    const data = await event.request.formData()
    try {
      await keepOffDay(event.locals.ctx, { ...offOf(data), seen: Number(fieldOf(data, 'seen')) || 0 })
    } catch (thrown) {
      const refused = refuseForm(event, thrown, data)
      const isUnseen = thrown instanceof Refusal && thrown.code === 'programme.off_day_unseen'
      return isUnseen ? fail(refused.status, { ...refused.data, preview: await previewOf(event, data) }) : refused
    }
    return redirect(303, `${paths.programmeOffDays}?done=programme_off_day_kept`)
  },
  drop: act(dropOffDay, {
    input: (data) => ({ offDayId: fieldOf(data, 'offDay') as Id<'off_day'> }), // the schema looks at it
    then: () => `${paths.programmeOffDays}?done=programme_off_day_dropped`,
  }),
}
