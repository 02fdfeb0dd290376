import type { Words } from '#app/wording/words.ts'
import { timeAt, type Ctx, type Day } from '#core/kernel/index.ts'
import { broadcastsByIds, endsOfPlays, playsOfDay, standingOfPlay, whyUnplayed } from '#core/programme/index.ts'
import type { Station } from '#core/station/index.ts'
import { detailWords } from '#app/wording/detail-words.ts'

/** What stands in the programme of a station on a day, as it sounds, and what is known of it; what was taken away is left out. */
export async function playsToday(ctx: Ctx, w: Words, station: Pick<Station, 'id' | 'carriage'>, day: Day) {
  const plays = await playsOfDay(ctx.db, station.id, day)
  const broadcasts = await broadcastsByIds(
    ctx.db,
    plays.map(({ broadcastId }) => broadcastId),
  )
  const ends = await endsOfPlays(
    ctx.db,
    plays.map(({ id }) => id),
  )
  const at = { byHand: station.carriage !== 'ip', now: ctx.clock.now() }
  const shown = plays.map((play) => {
    const { id, broadcastId, plannedAt, class: kind } = play
    const said = ends.get(id) ?? {}
    const standing = standingOfPlay(play, said, at)
    const why = standing === 'unplayed' || standing === 'skipped' ? whyUnplayed(play, said) : ''
    return {
      ...{ id, kind, standing, at: timeAt(plannedAt) },
      title: broadcasts.get(broadcastId)?.title ?? '',
      seconds: Math.round(broadcasts.get(broadcastId)?.seconds ?? 0),
      why: why && detailWords(w, why),
    }
  })
  return shown.filter(({ standing }) => standing !== 'cancelled')
}
