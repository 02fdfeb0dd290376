import { createHash, type KeyObject } from 'node:crypto'
import { open } from '../../platform/speakers/envelope.ts'
import { Down, type DownBody } from '../../platform/speakers/protocol.ts'

/** The newest message of a kind that was taken, so that an older one is known for a replay. */
export interface Taken {
  readonly seq: number
  readonly hash: string
}

export interface Standing {
  readonly deviceId: string
  readonly stationCode: string
  readonly keyOf: (id: string) => KeyObject | null
  /** By `<to> <kind>`. */
  readonly taken: Readonly<Record<string, Taken>>
  /** The time, or a moment that has surely passed. */
  readonly atLeastMs: number
}

export type Admitted =
  | { readonly taken: Down; readonly key: string; readonly hash: string }
  /** The very message that was taken last, as a broker keeps it for whoever comes back. */
  | { readonly known: true }
  | { readonly refused: string; readonly what: string }

const TO_STATION: readonly DownBody['kind'][] = ['schedule', 'emergency', 'live']

/** Whether a message is to be obeyed: signed by the province, to us, newer than the last, not yet over. */
export function admit(message: Uint8Array, standing: Standing): Admitted {
  const opened = open(message, standing.keyOf, Down)
  if ('refused' in opened) return { refused: opened.refused, what: 'message' }
  const { to, seq, validUntil, body } = opened.payload
  if (to !== ownFor(body.kind, standing)) return { refused: 'foreign', what: body.kind }
  const key = `${to} ${body.kind}`
  const hash = createHash('sha256').update(message).digest('hex')
  const last = standing.taken[key]
  if (last && last.seq === seq && last.hash === hash) return { known: true }
  if (last && seq <= last.seq) return { refused: 'replayed', what: body.kind }
  // An answer for the time is fresh by its nonce: it is what the clock is righted by.
  if (body.kind !== 'time' && Date.parse(validUntil) <= standing.atLeastMs)
    return { refused: 'expired', what: body.kind }
  return { taken: opened.payload, key, hash }
}

/** As whom the device is named in a message of that kind. */
function ownFor(kind: DownBody['kind'], { stationCode, deviceId }: Standing): string {
  if (kind === 'showings') return `b/${stationCode}`
  return TO_STATION.includes(kind) ? `s/${stationCode}` : `d/${deviceId}`
}
