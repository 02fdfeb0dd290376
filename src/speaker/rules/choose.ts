import type { BroadcastFile, Class } from '../../platform/speakers/protocol.ts'
import { touches, type Hours } from './civil-time.ts'

/** A play that the device is to do and has not begun. */
export interface OpenPlay {
  readonly id: string
  readonly atMs: number
  readonly ord: number
  /** Null where the schedule names none: it cannot play. */
  readonly broadcast: BroadcastFile | null
}

export interface Situation {
  readonly nowMs: number
  readonly sounding: object | null
  readonly quiet: Hours | null
  readonly stopped: boolean
  /** Whether the recording lies here, whole. */
  has(sha256: string): boolean
}

/** Why a play that is due does not sound now. */
export type Hindrance =
  'busy' | 'no_audio' | 'no_broadcast' | 'quiet' | 'stopped' | 'not_valid' | 'not_running' | 'disk_full'

export interface Choice {
  /** Begin this one, now. */
  readonly start: OpenPlay | null
  /** Those that can no longer begin, with what kept them. */
  readonly over: readonly { readonly play: OpenPlay; readonly reason: string }[]
  /** When to look again at the latest, by the province's time; null when nothing stands open. */
  readonly wakeMs: number | null
}

/** A play begins at its moment or up to ten minutes after it, inside the validity of its broadcast, or never. */
export const LATEST_START_MS = 10 * 60_000
/** While something hinders, it is looked again so often. */
const AGAIN_MS = 15_000
const MINUTE_MS = 60_000
const ORDER: Readonly<Record<Class, number>> = { emergency: 0, priority: 1, ordinary: 2 }

/**
 * What sounds next. `open` stands by moment; `hindered` remembers what kept a due play, from one look to the next.
 * Priority goes before ordinary among all that is due, and also before an ordinary one of the same minute when its own
 * second is still to come. What sounds is never cut by this: only an emergency does that.
 */
export function chooseNext(open: readonly OpenPlay[], situation: Situation, hindered: Map<string, Hindrance>): Choice {
  const { nowMs } = situation
  const horizonMs = (Math.floor(nowMs / MINUTE_MS) + 1) * MINUTE_MS
  const over: { play: OpenPlay; reason: string }[] = []
  const able: OpenPlay[] = []
  let wakeMs: number | null = null
  for (const play of open) {
    if (play.atMs > nowMs) wakeMs = Math.min(wakeMs ?? Infinity, play.atMs)
    if (play.atMs >= horizonMs) break
    const why = play.atMs <= nowMs ? hindrance(play, situation) : null
    if (play.atMs + LATEST_START_MS < nowMs) {
      over.push({ play, reason: reasonOf(hindered.get(play.id) ?? 'not_running') })
    } else if (why === 'not_valid' && Date.parse(play.broadcast?.validUntil ?? '') <= nowMs) {
      over.push({ play, reason: 'expired' })
    } else if (why) {
      hindered.set(play.id, why)
      wakeMs = Math.min(wakeMs ?? Infinity, nowMs + AGAIN_MS, play.atMs + LATEST_START_MS + 1)
    } else able.push(play)
  }
  const first = able.sort(byPrecedence).find((play) => (play.atMs > nowMs ? canComeFirst(play, situation) : true))
  const start = first && first.atMs <= nowMs ? first : null
  for (const play of able) if (play !== start && play.atMs <= nowMs) hindered.set(play.id, 'busy')
  if (able.length > 0) wakeMs = Math.min(wakeMs ?? Infinity, nowMs + AGAIN_MS)
  return { start, over, wakeMs }
}

function hindrance({ broadcast }: OpenPlay, { nowMs, sounding, quiet, stopped, has }: Situation): Hindrance | null {
  if (!broadcast) return 'no_broadcast'
  if (nowMs < Date.parse(broadcast.validFrom) || nowMs >= Date.parse(broadcast.validUntil)) return 'not_valid'
  if (stopped) return 'stopped'
  if (quiet && touches(quiet, nowMs, nowMs + broadcast.seconds * 1_000)) return 'quiet'
  if (!has(broadcast.sha256)) return 'no_audio'
  return sounding ? 'busy' : null
}

/** Whether an ordinary one of this minute waits for it: it is priority and nothing is known that would keep it. */
function canComeFirst(play: OpenPlay, situation: Situation): boolean {
  return play.broadcast?.class === 'priority' && hindrance(play, { ...situation, nowMs: play.atMs }) === null
}

function byPrecedence(one: OpenPlay, other: OpenPlay): number {
  const minutes = Math.floor(one.atMs / MINUTE_MS) - Math.floor(other.atMs / MINUTE_MS)
  return (
    rank(one) - rank(other) || minutes || one.ord - other.ord || one.atMs - other.atMs || (one.id < other.id ? -1 : 1)
  )
}

function rank({ broadcast }: OpenPlay): number {
  return ORDER[broadcast?.class ?? 'ordinary']
}

function reasonOf(hindrance: Hindrance): string {
  return hindrance === 'busy' ? 'late' : hindrance
}
