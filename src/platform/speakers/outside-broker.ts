import { createHash } from 'node:crypto'
import { connect, type MqttClient } from 'mqtt'
import type { Plane, PlaneEars } from './plane.ts'
import { topics } from './protocol.ts'

/** What is in hand at once; more is left with the broker. */
const MOST_IN_HAND = 200
const AGAIN_MS = 2_000
/** For so long the broker keeps for us what devices say while we are away. */
const KEPT_SECONDS = 24 * 3_600

const UP = topics.up('+')
const FROM = /^loa\/v1\/d\/([^/]+)\/up$/

/**
 * The hub as a client of a broker that stands elsewhere (mosquitto, RabbitMQ, EMQX), by MQTT 5, and 3.1.1 where the broker
 * does not speak it. Who may do what there is set there; nothing that comes is believed but by its signature. It comes
 * back by itself, and says so. `ca` (PEM) is who signs its certificate, in the place of those whom the machine believes.
 */
export function openOutsideBroker(url: string, ears: PlaneEars, ca: Buffer | null = null): Plane {
  const client = connect(url, {
    protocolVersion: 5,
    clientId: clientIdOf(url),
    clean: false,
    properties: { sessionExpiryInterval: KEPT_SECONDS },
    reconnectPeriod: AGAIN_MS,
    // Another version is tried then, and accounts may be put right there meanwhile.
    reconnectOnConnackError: true,
    // What could not be handed over is said anew when the broker is back; a queue here would only say old things first.
    queueQoSZero: false,
    ...(ca && { ca }),
  })
  let complained = false
  let versionIsKnown = false
  client.on('connect', () => {
    complained = false
    versionIsKnown = true
    client.subscribe(UP, { qos: 1 }, (error) => {
      if (error) console.error(`The broker at MQTT_URL does not let us read ${UP}: ${error.message}`)
      else ears.anew()
    })
  })
  client.on('error', ({ message }) => {
    if (!complained) console.error(`The broker at MQTT_URL: ${message}`)
    complained = true
  })
  client.on('close', () => {
    // A broker that does not know the version may say so, or only hang up.
    if (!versionIsKnown) client.options.protocolVersion = client.options.protocolVersion === 5 ? 4 : 5
  })
  takeAll(client, ears)
  return {
    async publish(topic, bytes, { retain, fleeting = false }) {
      // Retained at the broker, or said again by the hub: nothing is lost by not waiting for one that is away.
      if (!client.connected) throw new Error('the broker at MQTT_URL is away')
      await client.publishAsync(topic, Buffer.from(bytes), { qos: fleeting ? 0 : 1, retain })
    },
    cut() {},
    async close() {
      await client.endAsync(true)
    },
  }
}

/**
 * The same at each start, and to be guessed by nobody: some brokers let a client in under any name, and put out who had it
 * before.
 */
function clientIdOf(url: string): string {
  const { password } = new URL(url)
  return `loa-hub-${createHash('sha256').update(`loa-hub ${password}`).digest('hex').slice(0, 16)}`
}

/** Hands on what comes, many at once, and takes no more from the broker while too much is in hand. */
function takeAll(client: MqttClient, ears: PlaneEars): void {
  let inHand = 0
  const waiting: (() => void)[] = []
  client.handleMessage = (packet, done) => {
    const deviceId = FROM.exec(packet.topic)?.[1]
    // A device may keep nothing at the broker: what was retained is no news of anybody.
    if (deviceId && !packet.retain) {
      inHand += 1
      void ears
        .take(deviceId, Buffer.from(packet.payload))
        .catch(() => undefined)
        .finally(() => {
          inHand -= 1
          waiting.shift()?.()
        })
    }
    if (inHand < MOST_IN_HAND) done()
    else waiting.push(done)
  }
}
