import { sentenceOf, type Words } from '#app/wording/words.ts'
import { dayAt, timeAt, type Ctx, type Day, type Id } from '#core/kernel/index.ts'
import { languageOf } from '#core/message/index.ts'
import {
  broadcastsByIds,
  choosePlay,
  clockOf,
  conflictsOfDay,
  endsOfPlays,
  fallsOn,
  minutesOf,
  offDaysOf,
  openMinutes,
  playsOfDay,
  secondsOnAir,
  slotsOf,
  standingOfPlay,
  stopsOn,
  whyNotDecide,
  whyUnplayed,
  type Broadcast,
  type EndState,
  type OffDay,
  type Play,
  type PlayStanding,
  type Slot,
} from '#core/programme/index.ts'
import type { Station } from '#core/station/index.ts'
import { detailWords } from '#app/wording/detail-words.ts'

/** A play as the page of a day shows it. */
export interface PlayShown {
  readonly id: Id<'play'>
  readonly at: string
  readonly title: string
  readonly language: string
  readonly length: string
  /** The broadcast whose recording can be heard here; null where there is none, or it was taken back. */
  readonly sound: Id<'broadcast'> | null
  readonly kind: Play['class']
  readonly state: Play['state']
  readonly standing: PlayStanding
  readonly reason: string
  readonly slotId: Id<'slot'> | null
  /** Place among those of its class that stand in the slot, from 1. */
  readonly place: number
  readonly ends: readonly { readonly state: EndState; readonly count: number }[]
  /** Why it may not be decided about in each way; null where it may. */
  readonly whyNot: Readonly<Record<'choose' | 'skip' | 'postpone' | 'move', string | null>>
  /** Slots of the same day that are still to come. */
  readonly later: readonly { readonly id: string; readonly name: string; readonly begins: string }[]
}

/** What a station plays on a day, slot by slot, with what it could not take. */
export async function dayShown(ctx: Ctx, w: Words, station: Station, day: Day) {
  const plays = await playsOfDay(ctx.db, station.id, day)
  const broadcasts = await broadcastsByIds(
    ctx.db,
    plays.map(({ broadcastId }) => broadcastId),
  )
  const ends = await endsOfPlays(
    ctx.db,
    plays.map(({ id }) => id),
  )
  const slots = (await slotsOf(ctx.db, station.id, day)).filter((slot) => fallsOn(slot, day))
  const refusal = plays[0] ? await choosePlay.whyNot(ctx, { playId: plays[0].id }) : null
  const off = await offDaysOf(ctx, station, day, day)
  const shared = { ctx, w, station, slots, off, broadcasts, ends, forbidden: refusal && sentenceOf(w, refusal) }
  const groups = [...slots, ...strays(plays, slots)].map((slot) => slotShown(slot, plays, shared))
  const urgent = plays.filter(({ class: one }) => one === 'emergency')
  return {
    urgent: urgent.map((play) => playShown(play, timeAt(play.plannedAt), 1, shared)),
    slots: groups,
    conflicts: (await conflictsOfDay(ctx.db, station.id, day)).map(({ why, what, releaseId }) => {
      return { releaseId, words: w(`programme_conflict_${why}`, { what }) }
    }),
    offered: plays.filter(({ state, plannedAt }) => state === 'offered' && plannedAt > ctx.clock.now()).length,
    off: off.map((one) => offWords(w, one)),
  }
}

function offWords(w: Words, { name, stops }: OffDay): string {
  return w('programme_day_off', { name, stops: w(`programme_stops_${stops}`) })
}

interface Shared {
  readonly ctx: Ctx
  readonly w: Words
  readonly station: Station
  readonly slots: readonly Slot[]
  readonly off: readonly OffDay[]
  readonly broadcasts: ReadonlyMap<Id<'broadcast'>, Broadcast>
  readonly ends: Awaited<ReturnType<typeof endsOfPlays>>
  readonly forbidden: string | null
}

/** Hours of plays whose slot has ended or been changed since. */
function strays(plays: readonly Play[], slots: readonly Slot[]): Pick<Slot, 'id' | 'name' | 'begins' | 'minutes'>[] {
  const known = new Set(slots.map(({ id }) => id))
  const found = plays.filter(({ slotId }) => slotId !== null && !known.has(slotId))
  return [...Map.groupBy(found, ({ slotId }) => slotId)].flatMap(([id, [first]]) =>
    id && first ? [{ id, name: '', begins: timeAt(first.plannedAt), minutes: 0 }] : [],
  )
}

function slotShown(slot: Pick<Slot, 'id' | 'name' | 'begins' | 'minutes'>, plays: readonly Play[], shared: Shared) {
  const { station, broadcasts } = shared
  const quiet = station.quietFrom && station.quietTo ? { from: station.quietFrom, to: station.quietTo } : null
  const places = new Map<Play['class'], number>()
  let seconds = 0
  const shown: PlayShown[] = []
  for (const play of plays.filter(({ slotId }) => slotId === slot.id)) {
    const stands = play.state === 'offered' || play.state === 'chosen'
    const place = (places.get(play.class) ?? 0) + 1
    if (stands) places.set(play.class, place)
    shown.push(playShown(play, clockOf(minutesOf(slot.begins) + seconds / 60), place, shared))
    if (stands) seconds += secondsOnAir(broadcasts.get(play.broadcastId)?.seconds ?? 0, station.chime)
  }
  const over = slot.minutes > 0 ? Math.ceil((seconds - openMinutes(slot, quiet) * 60) / 60) : 0
  const { id, name, begins, minutes } = slot
  return { id, name, begins, minutes, plays: shown, taken: Math.ceil(seconds / 60), over: Math.max(0, over) }
}

function playShown(play: Play, at: string, place: number, shared: Shared): PlayShown {
  const { ctx, w, broadcasts, ends, slots, off, forbidden } = shared
  const now = ctx.clock.now()
  const broadcast = broadcasts.get(play.broadcastId)
  const why = (what: 'choose' | 'skip' | 'postpone' | 'move') => {
    const refusal = whyNotDecide(play, what, now)
    return forbidden ?? (refusal && sentenceOf(w, refusal))
  }
  const stopped = off.find((one) => stopsOn(one, play.day, play.class))
  const nowClock = play.day === dayAt(now) ? timeAt(now) : play.day < dayAt(now) ? '24:00' : ''
  const seconds = Math.round(broadcast?.seconds ?? 0)
  const { id, class: kind, state, slotId } = play
  const said = ends.get(id) ?? {}
  const standing = standingOfPlay(play, said, { byHand: shared.station.carriage !== 'ip', now })
  const reason = standing === 'skipped' || standing === 'unplayed' ? whyUnplayed(play, said) : play.reason
  return {
    ...{ id, at, kind, state, standing, slotId, place },
    title: broadcast?.title ?? '',
    language: languageOf(broadcast?.language ?? 'vi').ownName,
    length: `${Math.floor(seconds / 60)}'${String(seconds % 60).padStart(2, '0')}"`,
    sound: broadcast?.sha256 && broadcast.withdrawnAt === null ? broadcast.id : null,
    reason: reason && detailWords(w, reason),
    ends: Object.entries(said).map(([of, count]) => ({ state: of as EndState, count: count ?? 0 })), // its own keys
    whyNot: {
      choose: why('choose') ?? (stopped ? offWords(w, stopped) : null),
      skip: why('skip'),
      postpone: why('postpone'),
      move: why('move'),
    },
    later: slots.filter((slot) => slot.id !== slotId && slot.begins > nowClock),
  }
}
