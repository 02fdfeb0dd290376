import { redirect } from '@sveltejs/kit'
import { takeMedia } from '#app/media-files.ts'
import { sentenceOf } from '#app/wording/words.ts'
import { addDays, Refusal, type Id } from '#core/kernel/index.ts'
import {
  choosePlay,
  closeDay,
  handDayOf,
  movePlay,
  playsOfDay,
  playsToClose,
  postponePlay,
  skipPlay,
} from '#core/programme/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { refuseForm } from '#web/forms/refused.ts'
import { paths } from '#web/paths.ts'
import { dayShown } from '../day-shown.ts'
import { dayAsked, stationAt } from '../one-station.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params, url }) => {
  const station = await stationAt(ctx, params.id)
  const day = dayAsked(ctx, url)
  const byHand = station.carriage !== 'ip'
  const toClose = byHand ? playsToClose(await playsOfDay(ctx.db, station.id, day), ctx.clock.now()) : []
  const closed = byHand ? await handDayOf(ctx.db, station.id, day) : null
  const refusal = await closeDay.whyNot(ctx, { stationId: station.id, day, played: [], photoSha256: null })
  return {
    station: { id: station.id, name: station.name, carriage: station.carriage, undecided: station.undecided },
    byHand,
    day,
    before: addDays(day, -1),
    after: addDays(day, 1),
    ...(await dayShown(ctx, w, station, day)),
    toClose: toClose.map(({ id, state }) => ({ id: id as string, ticked: state !== 'skipped' })),
    closed: closed && { at: closed.closedAt, photo: closed.photoSha256 !== null },
    whyNotClose: refusal && sentenceOf(w, refusal),
  }
}

const playOf = (data: FormData) => fieldOf(data, 'play') as Id<'play'> // the action's schema looks at it
const slotOf = (data: FormData) => fieldOf(data, 'slot') as Id<'slot'>
const back = (done: string) => ({
  then: (_result: unknown, { params, url }: { params: Partial<Record<string, string>>; url: URL }) => {
    const day = url.searchParams.get('day')
    return `${paths.programmeDay(params['id'] ?? '', day ?? undefined)}${day ? '&' : '?'}done=${done}`
  },
})

export const actions: Actions = {
  choose: act(choosePlay, { input: (data) => ({ playId: playOf(data) }), ...back('programme_chosen') }),
  postpone: act(postponePlay, {
    input: (data) => ({ playId: playOf(data), slotId: slotOf(data) }),
    ...back('programme_postponed'),
  }),
  skip: act(skipPlay, {
    input: (data) => ({ playId: playOf(data), reason: fieldOf(data, 'reason') }),
    ...back('programme_skipped'),
  }),
  move: act(movePlay, {
    input: (data) => ({
      playId: playOf(data),
      slotId: slotOf(data),
      day: fieldOf(data, 'day'),
      place: Number(fieldOf(data, 'place')) || undefined,
    }),
    ...back('programme_moved'),
  }),
  /** All that is offered on the day: one tap for a commune that lets everything play. */
  chooseAll: async (event) => {
    const { ctx } = event.locals
    const data = new FormData()
    try {
      const station = await stationAt(ctx, event.params.id)
      const plays = await playsOfDay(ctx.db, station.id, dayAsked(ctx, event.url))
      for (const { id, state, plannedAt } of plays)
        if (state === 'offered' && plannedAt > ctx.clock.now()) await choosePlay(ctx, { playId: id })
    } catch (thrown) {
      return refuseForm(event, thrown, data)
    }
    return redirect(303, back('programme_chosen').then(null, event))
  },
  close: async (event) => {
    const { ctx } = event.locals
    const data = await event.request.formData()
    try {
      const station = await stationAt(ctx, event.params.id)
      const photo = data.get('photo')
      let photoSha256: string | null = null
      if (photo instanceof File && photo.size > 0) {
        const kept = await takeMedia(ctx, new Uint8Array(await photo.arrayBuffer()))
        if (kept.kind !== 'picture') throw new Refusal('programme.not_a_picture', {}, 'photo')
        photoSha256 = kept.sha256
      }
      const played = data.getAll('played').map((id) => String(id) as Id<'play'>) // the action's schema looks at them
      await closeDay(ctx, { stationId: station.id, day: dayAsked(ctx, event.url), played, photoSha256 })
    } catch (thrown) {
      return refuseForm(event, thrown, data)
    }
    return redirect(303, back('programme_closed').then(null, event))
  },
}
