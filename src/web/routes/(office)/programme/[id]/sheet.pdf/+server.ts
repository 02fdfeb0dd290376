import { timeAt } from '#core/kernel/index.ts'
import { languageOf } from '#core/message/index.ts'
import { hotlinesToday } from '#core/portal/index.ts'
import { broadcastsByIds, playsOfDay } from '#core/programme/index.ts'
import { Refusal } from '#core/kernel/index.ts'
import { sheetMaker } from '#core/release/index.ts'
import { sendFile } from '#web/forms/send-file.ts'
import { weekdayWords } from '#web/lib/date-words.ts'
import { paths } from '#web/paths.ts'
import { dayAsked, stationAt } from '../../one-station.ts'
import type { RequestHandler } from './$types.ts'

/** What is read out on a day, with a box to tick for each play and the code by which the day is closed. */
export const GET: RequestHandler = async ({ locals: { ctx, w }, params, url }) => {
  const station = await stationAt(ctx, params.id)
  const day = dayAsked(ctx, url)
  const plays = (await playsOfDay(ctx.db, station.id, day)).filter(
    ({ state }) => state === 'offered' || state === 'chosen',
  )
  if (plays.length === 0) throw new Refusal('programme.nothing_in_pack')
  const ids = plays.map(({ broadcastId }) => broadcastId)
  const broadcasts = await broadcastsByIds(ctx.db, ids)
  const nameOf = (id: (typeof ids)[number]) => {
    const broadcast = broadcasts.get(id)
    return `${broadcast?.title ?? ''} (${languageOf(broadcast?.language ?? 'vi').ownName})`
  }
  const sheet = {
    kicker: w('programme_sheet_kicker'),
    title: station.name,
    facts: [[w('programme_sheet_day'), weekdayWords(day, w.language)] as const],
    texts: [...broadcasts.values()]
      .filter(({ script }) => script !== '')
      .map(({ id, script }) => ({ heading: nameOf(id), words: script })),
    hotlines: await hotlinesToday(ctx),
    ticks: plays.map(({ broadcastId, plannedAt, class: one }) =>
      w('programme_sheet_tick', {
        at: timeAt(plannedAt),
        title: nameOf(broadcastId),
        class: w(`programme_class_${one}`),
      }),
    ),
    signHere: w('sheet_sign_here'),
    address: `${url.origin}${paths.programmeDay(station.id, day)}`,
    addressWords: w('programme_sheet_address'),
  }
  const bytes = await sheetMaker().pdf({ title: w('programme_sheet_kicker'), madeOn: day, sheets: [sheet] })
  return sendFile({ bytes, name: `${station.code} ${day}.pdf`, mime: 'application/pdf' })
}
