import { rankOf, type Play } from './programme.ts'

/** One play with the hours at which it sounds where nothing keeps it. */
export interface OnAir {
  readonly play: Play
  readonly from: Date
  readonly until: Date
}

/** A device begins a play so much later at most (docs/speaker-protocol.md, 6). */
const LATEST_START_MS = 10 * 60_000

/**
 * What sounds at a station at a moment and what comes next, by its programme and as its devices do it: what is in one slot one
 * after the other, a warning at once and above all else. What a device did indeed it says only when it is over.
 */
export function onAirAt(
  plays: readonly Play[],
  secondsOf: (play: Play) => number,
  now: Date,
): { readonly sounding: OnAir | null; readonly next: OnAir | null } {
  const laid = laidOut(
    plays.filter(({ state }) => state === 'chosen'),
    secondsOf,
  )
  const sounding = laid.filter(({ from, until }) => from <= now && now < until)
  const coming = laid.filter(({ from }) => from > now)
  return {
    sounding: sounding.sort((one, other) => rankOf(one.play.class) - rankOf(other.play.class))[0] ?? null,
    next: coming.sort((one, other) => one.from.getTime() - other.from.getTime())[0] ?? null,
  }
}

/** Warnings wait for one another, and the rest for one another: a warning that sounds cuts off what it finds. */
function laidOut(plays: readonly Play[], secondsOf: (play: Play) => number): OnAir[] {
  const freeFrom = { warning: 0, slot: 0 }
  const inTurn = plays.toSorted(
    (one, other) =>
      one.plannedAt.getTime() - other.plannedAt.getTime() ||
      rankOf(one.class) - rankOf(other.class) ||
      one.ord - other.ord,
  )
  return inTurn.flatMap((play) => {
    const line = play.class === 'emergency' ? 'warning' : 'slot'
    const plannedMs = play.plannedAt.getTime()
    const fromMs = Math.max(plannedMs, freeFrom[line])
    if (line === 'slot' && fromMs > plannedMs + LATEST_START_MS) return []
    freeFrom[line] = fromMs + secondsOf(play) * 1_000
    return { play, from: new Date(fromMs), until: new Date(freeFrom[line]) }
  })
}
