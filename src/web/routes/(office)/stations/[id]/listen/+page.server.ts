import { isPlayed } from '#app/simulators.ts'
import { dayAt, timeAt, type Ctx } from '#core/kernel/index.ts'
import {
  broadcastsByIds,
  endsOfPlays,
  fallsOn,
  onAirAt,
  playsOfDay,
  slotsOf,
  type Broadcast,
  type OnAir,
} from '#core/programme/index.ts'
import { playedAt, stoppedDevices, type Station } from '#core/station/index.ts'
import { languageWords } from '#web/lib/language-words.ts'
import { paths } from '#web/paths.ts'
import { standingNow, stationNamed } from '../../one-station.ts'
import type { PageServerLoad } from './$types.ts'

const PLAYED_SHOWN = 8

export const load: PageServerLoad = async ({ locals: { ctx, w }, params }) => {
  const station = await stationNamed(ctx, params.id)
  const now = ctx.clock.now()
  const standing = await standingNow(ctx, station)
  const plays = await playsOfDay(ctx.db, station.id, dayAt(now))
  const broadcasts = await broadcastsByIds(
    ctx.db,
    plays.map(({ broadcastId }) => broadcastId),
  )
  const standingPlays = plays.filter(({ broadcastId }) => broadcasts.get(broadcastId)?.withdrawnAt === null)
  const air = onAirAt(standingPlays, ({ broadcastId }) => broadcasts.get(broadcastId)?.seconds ?? 0, now)
  const shown = (one: OnAir) => {
    const broadcast = broadcasts.get(one.play.broadcastId) as Broadcast // its play was kept for it
    const sound = broadcast.sha256 && paths.programmeSound(station.id, broadcast.id)
    const { id: playId, class: kind } = one.play
    const { title, seconds, language } = broadcast
    return {
      playId,
      kind,
      title,
      seconds,
      language: languageWords(w, language),
      sound,
      from: one.from,
      until: one.until,
    }
  }
  return {
    station: { id: station.id, name: station.name, byHand: station.carriage !== 'ip' },
    counts: { clusters: standing?.clusters ?? 0, heard: standing?.heard ?? 0 },
    sounding: air.sounding && { ...shown(air.sounding), devices: await awaited(ctx, air.sounding) },
    next: air.next && shown(air.next),
    nextSlot: await nextSlot(ctx, station.id, now),
    stopped: await stoppedDevices(ctx.db, [station.id], now),
    played: await playedAt(ctx.db, ['station_id', station.id], null, PLAYED_SHOWN),
    simulated: await isPlayed(ctx),
    now,
  }
}

/** When the next slot of a station begins today, as `HH:MM`; null where none is left. */
async function nextSlot(ctx: Ctx, stationId: Station['id'], now: Date): Promise<string | null> {
  const day = dayAt(now)
  const slots = (await slotsOf(ctx.db, stationId, day)).filter((slot) => fallsOn(slot, day))
  const coming = slots.map(({ begins }) => begins).filter((begins) => begins > timeAt(now))
  return coming.toSorted()[0] ?? null
}

/** How many devices have been given it and have not said yet what became of it. */
async function awaited(ctx: Ctx, { play }: OnAir): Promise<number> {
  const ends = (await endsOfPlays(ctx.db, [play.id])).get(play.id)
  return ends?.expected ?? 0
}
