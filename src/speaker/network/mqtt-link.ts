import { connect, type IClientOptions, type MqttClient } from 'mqtt'
import { topics } from '../../platform/speakers/protocol.ts'
import type { SpeakerClock } from '../clock.ts'
import type { DeviceKind } from '../disk/identity.ts'

export interface LinkWish {
  readonly url: string
  readonly username: string
  readonly password: string
  /** PEM of who signs the broker's certificate; none for those that the machine knows. */
  readonly ca: Buffer | null
  readonly deviceId: string
  /** Of its station, or of the board that it shows. */
  readonly stationCode: string
  readonly kind: DeviceKind
}

export interface LinkEvents {
  connected(): void
  disconnected(): void
  message(bytes: Uint8Array): void
  /** For whoever reads the terminal. */
  trouble(words: string): void
}

export interface Link {
  /** Hands a message to the broker, to be confirmed by it; false while there is no connection. */
  publish(message: Buffer): boolean
  close(): Promise<void>
}

type Version = 5 | 4

const SESSION_SECONDS = 7 * 86_400
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 60_000
const LARGEST_MESSAGE_BYTES = 4_000_000

/**
 * Keeps a connection to the broker: MQTT 5, and 3.1.1 where the broker does not speak it. The session outlives the
 * connection. Thousands of devices come back after the broker was away: each after a time of its own.
 */
export function openLink(wish: LinkWish, events: LinkEvents, clock: SpeakerClock): Link {
  let client: MqttClient | null = null
  let cancel = () => {}
  let version: Version = 5
  let versionIsKnown = false
  let waitMs = FIRST_WAIT_MS
  let closed = false

  const later = () => {
    if (closed) return
    cancel = clock.after(waitMs * (0.5 + Math.random()), attempt)
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
  }
  const attempt = () => {
    let wasConnected = false
    const own = connect(wish.url, optionsOf(wish, version))
    client = own
    own.on('connect', () => {
      wasConnected = true
      versionIsKnown = true
      const wanted = ownTopics(wish)
      own.subscribe(wanted, { qos: 1 }, (error, _wanted, answer) => {
        if (closed || client !== own || !own.connected) return
        if (!answer) return events.trouble(String(error?.message))
        // A broker that was set up before there were speeches lets all else be heard; mqtt makes one refusal an error of all.
        const denied = wanted.filter((_topic, at) => Number(answer.granted[at]) >= 128)
        if (denied.some((topic) => topic !== topics.live(wish.stationCode)))
          return events.trouble('the broker does not let us hear our topics')
        waitMs = FIRST_WAIT_MS
        events.connected()
      })
    })
    own.on('message', (_topic, bytes) => events.message(bytes))
    own.on('error', ({ message }) => !closed && events.trouble(message))
    own.once('close', () => {
      own.end(true)
      if (client !== own) return
      client = null
      if (wasConnected) events.disconnected()
      // A broker that does not know the version may say so, or only hang up.
      else if (!versionIsKnown) version = version === 5 ? 4 : 5
      later()
    })
  }
  attempt()
  return {
    publish(message) {
      if (!client?.connected) return false
      client.publish(topics.up(wish.deviceId), message, { qos: 1 }, () => {}) // what is lost is said again
      return true
    },
    async close() {
      closed = true
      cancel()
      const own = client
      client = null
      if (!own) return
      // A broker that hangs up meanwhile, as on who was revoked, lets no goodbye come to its end.
      const gone = new Promise<void>((resolve) => own.once('close', () => resolve()))
      await Promise.race([gone, own.endAsync(!own.connected)])
    },
  }
}

function ownTopics({ stationCode, deviceId, kind }: LinkWish): string[] {
  if (kind === 'board') return [topics.showings(stationCode), topics.device(deviceId)]
  return [topics.station, topics.emergency, topics.live].map((of) => of(stationCode)).concat(topics.device(deviceId))
}

function optionsOf({ deviceId, username, password, ca }: LinkWish, protocolVersion: Version): IClientOptions {
  return {
    protocolVersion,
    clientId: deviceId,
    username,
    password,
    clean: false,
    keepalive: 60,
    connectTimeout: 20_000,
    reconnectPeriod: 0,
    resubscribe: false,
    ...(ca ? { ca } : {}),
    ...(protocolVersion === 5
      ? { properties: { sessionExpiryInterval: SESSION_SECONDS, maximumPacketSize: LARGEST_MESSAGE_BYTES + 1_000 } }
      : {}),
  }
}
