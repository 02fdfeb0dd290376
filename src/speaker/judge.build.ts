import { LATEST_START_MS } from './rules/choose.ts'
import type { BroadcastFile } from '../platform/speakers/protocol.ts'
import type { SimulatedDevice } from './simulated-device.build.ts'
import type { SimulatedProvince } from './simulated-province.build.ts'

/** One play as it was planned, and whether it must have sounded: nothing stood in its way. */
export interface Planned {
  readonly id: string
  readonly atMs: number
  readonly broadcast: BroadcastFile
}

export const STATES = ['played', 'partial', 'skipped', 'preempted', 'failed', 'offline'] as const
export type HubState = (typeof STATES)[number]

/** Clocks drift over days without an answer, and answers take their way. */
const SLACK_MS = 20_000

/**
 * The state of each play at a device as the province has it in the end (what nobody told is offline), held against what
 * really sounded. `wrong` is what must never be.
 */
export function judge(
  device: SimulatedDevice,
  province: Pick<SimulatedProvince, 'endsOf'>,
  planned: readonly Planned[],
): { readonly states: readonly HubState[]; readonly wrong: readonly string[] } {
  const wrong: string[] = []
  const ends = Map.groupBy(province.endsOf(device.identity.deviceId), ({ playId }) => playId)
  const heard = Map.groupBy(device.heard, ({ playId }) => playId)
  const states = planned.map(({ id, atMs, broadcast }): HubState => {
    const told = ends.get(id) ?? []
    const sounds = heard.get(id) ?? []
    const [end] = told
    const [sound] = sounds
    const say = (what: string) => wrong.push(`${broadcast.class} ${id}: ${what} (${end?.state} ${end?.reason})`)
    if (told.length > 1) say('has two ends')
    if (sounds.length > 1) say('sounded twice')
    if (end?.state === 'played' && !sound?.whole) say('is told as played and was not heard to its end')
    if (end?.state === 'failed' && sound) say('is told as failed and was heard')
    if (end && end.state !== 'failed' && !sound && end.reason !== 'power_lost') say('is told as heard and was not')
    if (!sound) return end?.state ?? 'offline'
    if (broadcast.class !== 'emergency') {
      if (sound.fromMs < atMs - SLACK_MS) say(`sounded ${(atMs - sound.fromMs) / 1_000} s too early`)
      if (sound.fromMs > atMs + LATEST_START_MS + SLACK_MS) say(`sounded ${(sound.fromMs - atMs) / 1_000} s late`)
    }
    if (sound.fromMs > Date.parse(broadcast.validUntil) + SLACK_MS) say('sounded though it had expired')
    return end?.state ?? 'offline'
  })
  const known = new Set([...planned.map(({ id }) => id), 'tone'])
  for (const id of heard.keys()) if (!known.has(id)) wrong.push(`${id} sounded and was never planned`)
  const inOrder = [...device.heard].sort((one, other) => one.fromMs - other.fromMs)
  inOrder.forEach((sound, at) => {
    const before = inOrder[at - 1]
    if (before && before.untilMs > sound.fromMs + 1) wrong.push(`${sound.playId} began while ${before.playId} sounded`)
  })
  return { states, wrong }
}
