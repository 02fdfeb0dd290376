import { sentenceOf } from '#app/wording/words.ts'
import { dayAt, Refusal, timeAt, type Id } from '#core/kernel/index.ts'
import { languageOf, messageById } from '#core/message/index.ts'
import {
  daysOfRelease,
  playsOfRelease,
  shiftPlay,
  slotsOf,
  stationsOfRelease,
  whyNotDecide,
  whyNotShift,
} from '#core/programme/index.ts'
import { releaseById } from '#core/release/index.ts'
import { act, fieldOf } from '#web/forms/act.ts'
import { givenId } from '#web/lib/given-id.ts'
import { paths } from '#web/paths.ts'
import { monthOf, nextMonth, previousMonth, weeksOf } from '../../../../tasks/calendar/month.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async ({ locals: { ctx, w }, params, url }) => {
  const id = givenId<'release'>(params.id)
  const release = id && (await releaseById(ctx.db, id))
  if (!release) throw new Refusal('release.not_found')
  const days = await daysOfRelease(ctx, release.id)
  const today = dayAt(ctx.clock.now())
  const stations = await stationsOfRelease(ctx.db, release.id)
  const station = stations.find((one) => one.id === url.searchParams.get('station')) ?? stations[0] ?? null
  const begins = days && days.from > today ? days.from : today
  const month = monthOf(url.searchParams.get('month'), begins)
  const weeks = weeksOf(month)
  const [first, last] = [weeks[0]?.[0] ?? begins, weeks.at(-1)?.at(-1) ?? begins]
  const plays = station ? await playsOfRelease(ctx.db, release.id, station.id, first, last) : []
  const slots = station ? await slotsOf(ctx.db, station.id, today) : []
  const refusal = plays[0]
    ? await shiftPlay.whyNot(ctx, { playId: plays[0].id, slotId: '' as Id<'slot'>, day: today })
    : null // who may depends on the play alone
  const whyNot = (why: Refusal | null) => why && sentenceOf(w, why)
  const shown = plays.map((play) => {
    const why = refusal ?? whyNotDecide(play, 'move', ctx.clock.now()) ?? whyNotShift(ctx, play)
    return {
      id: play.id,
      day: play.day,
      at: timeAt(play.plannedAt),
      slotId: play.slotId,
      state: play.state,
      language: languageOf(play.language).ownName,
      whyNot: whyNot(why),
    }
  })
  const at = (of: string) => paths.releasePlays(release.id, station?.id ?? '', of)
  return {
    releaseId: release.id,
    title: (await messageById(ctx.db, release.messageId))?.workingTitle ?? '',
    days,
    today,
    month,
    weeks,
    here: at(month),
    previous: days && previousMonth(month) >= days.from.slice(0, 7) ? at(previousMonth(month)) : null,
    next: days && nextMonth(month) <= days.to.slice(0, 7) ? at(nextMonth(month)) : null,
    station,
    stations: stations.map(({ id: value, name, plays: count }) => ({
      value,
      name: w('programme_plays_at', { name, count }),
    })),
    slots: slots.map(({ id: value, name, begins: hour }) => ({ value, name: `${hour} ${name}` })),
    plays: shown,
    chosen: shown.find((one) => one.id === url.searchParams.get('play')) ?? null,
  }
}

export const actions: Actions = {
  shift: act(shiftPlay, {
    input: (data) => ({
      playId: fieldOf(data, 'play') as Id<'play'>, // the schema looks at both
      slotId: fieldOf(data, 'slotId') as Id<'slot'>,
      day: fieldOf(data, 'day'),
    }),
    then: (_nothing, { params, url }) => {
      const query = ['station', 'month'].map((name) => url.searchParams.get(name) ?? '') as [string, string]
      return `${paths.releasePlays(params.id ?? '', ...query)}&done=programme_moved`
    },
  }),
}
