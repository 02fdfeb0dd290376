/**
 * Thousands of devices in one process, as light as they can be: MQTT 3.1.1 by hand, each schedule answered by a heartbeat
 * under the device's own signature. They do not verify what they hear: a village has a processor for that, this machine not.
 * Some among them are whole agents, which verify, keep and sound as one on a pole does; only disk and loudspeaker are played.
 */
import { createPrivateKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { generate, parser, type Packet } from 'mqtt-packet'
import { seal } from '../../src/platform/speakers/envelope.ts'
import { topics, type Down, type Up } from '../../src/platform/speakers/protocol.ts'
import { wholeAgent, type Hears } from './whole-agent.ts'

export interface BenchDevice {
  readonly id: string
  readonly station: string
  readonly password: string
  readonly key: string
  readonly whole: boolean
}

export interface BenchDevices {
  readonly devices: readonly BenchDevice[]
  /** Of the province, raw, base64url. */
  readonly keys: readonly { readonly id: string; readonly publicKey: string }[]
}

/**
 * So many come in at the same time; with one account for all where the broker does not know the devices. All are light
 * where nobody signs as the province does.
 */
const [file = '', portText = '', atOnce = '', account = '', allLight = ''] = process.argv.slice(2)
const { devices, keys } = JSON.parse(readFileSync(file, 'utf8')) as BenchDevices
let emergencies: number[] = []
/** When it sounded at whole agents. */
let sounded: number[] = []
const sockets: Socket[] = []

const waiting = [...devices]
await Promise.all(
  Array.from({ length: Number(atOnce) }, async () => {
    for (let one = waiting.pop(); one; one = waiting.pop()) sockets.push(await comeIn(one))
  }),
)
process.send?.({ connected: sockets.filter(({ destroyed }) => !destroyed).length })
process.on('message', () => {
  process.send?.({ emergencies, sounded })
  emergencies = []
  sounded = []
})

function comeIn(device: BenchDevice): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(portText), '127.0.0.1')
    const key = createPrivateKey(device.key)
    const reader = parser({ protocolVersion: 4 })
    const publish = (payload: Buffer) => {
      const to = { topic: topics.up(device.id), qos: 1 as const, messageId: 2, retain: false, dup: false }
      return socket.write(generate({ cmd: 'publish', ...to, payload }))
    }
    const hears =
      device.whole && !allLight
        ? wholeAgent(device, keys, publish, () => sounded.push(Date.now()))
        : lightly(device, key, publish)
    socket.on('data', (chunk) => reader.parse(chunk)).on('error', reject)
    reader.on('packet', (packet: Packet) => {
      if (packet.cmd === 'connack') socket.write(subscribe(device))
      if (packet.cmd === 'suback') {
        hears.connected()
        resolve(socket)
      }
      if (packet.cmd === 'publish') hear(hears, socket, packet)
    })
    const { id } = device
    const [username = '', password = ''] = account ? account.split(':') : [id, device.password]
    socket.write(
      generate({
        ...{ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, keepalive: 1_000 },
        ...{ clientId: id, username, password: Buffer.from(password) },
      }),
    )
  })
}

function subscribe({ id, station }: BenchDevice): Buffer {
  const own = [topics.station(station), topics.emergency(station), topics.device(id)]
  return generate({ cmd: 'subscribe', messageId: 1, subscriptions: own.map((topic) => ({ topic, qos: 1 })) })
}

function hear(hears: Hears, socket: Socket, packet: Extract<Packet, { cmd: 'publish' }>): void {
  if (packet.qos === 1 && packet.messageId !== undefined)
    socket.write(generate({ cmd: 'puback', messageId: packet.messageId }))
  if (packet.payload.length === 0) return
  if (packet.topic.endsWith('/emergency')) emergencies.push(Date.now())
  hears.received(packet.topic, Buffer.from(packet.payload))
}

/** Answers a schedule, and does no more. */
function lightly(device: BenchDevice, key: KeyObject, publish: (payload: Buffer) => boolean): Hears {
  return {
    connected() {},
    received(topic, bytes) {
      if (!topic.endsWith('/schedule')) return
      const body: Up['body'] = {
        ...{ kind: 'heartbeat', scheduleVersion: versionIn(bytes), stored: 10, nextPlayAt: null, volume: 80 },
        ...{ clockOffMs: 0, faults: [], agent: 'bench', logSeq: 0 },
      }
      const up: Up = { v: 1, from: device.id, sentAt: new Date().toISOString(), body }
      publish(seal(up, { id: device.id, privateKey: key }))
    },
  }
}

function versionIn(payload: Buffer): number {
  const { p } = JSON.parse(payload.toString()) as { p: string }
  const { body } = JSON.parse(Buffer.from(p, 'base64url').toString()) as Down
  return body.kind === 'schedule' ? body.version : 0
}
