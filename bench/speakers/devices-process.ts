/**
 * Thousands of devices in one process, as light as they can be: MQTT 3.1.1 by hand, each schedule answered by a heartbeat
 * under the device's own signature. They do not verify what they hear: a village has a processor for that, this machine not.
 */
import { createPrivateKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { generate, parser, type Packet } from 'mqtt-packet'
import { seal } from '../../src/platform/speakers/envelope.ts'
import { topics, type Down, type Up } from '../../src/platform/speakers/protocol.ts'

export interface BenchDevice {
  readonly id: string
  readonly station: string
  readonly password: string
  readonly key: string
}

/** So many come in at the same time; with one account for all where the broker does not know the devices. */
const [file = '', portText = '', atOnce = '', account = ''] = process.argv.slice(2)
const devices = JSON.parse(readFileSync(file, 'utf8')) as BenchDevice[]
const schedules = new Map<string, number>()
let emergencies: number[] = []
const sockets: Socket[] = []

const waiting = [...devices]
await Promise.all(
  Array.from({ length: Number(atOnce) }, async () => {
    for (let one = waiting.pop(); one; one = waiting.pop()) sockets.push(await comeIn(one))
  }),
)
process.send?.({ connected: sockets.filter(({ destroyed }) => !destroyed).length })
process.on('message', () => {
  process.send?.({ emergencies, schedules: schedules.size, lost: sockets.filter(({ destroyed }) => destroyed).length })
  emergencies = []
})

function comeIn(device: BenchDevice): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(portText), '127.0.0.1')
    const key = createPrivateKey(device.key)
    const reader = parser({ protocolVersion: 4 })
    socket.on('data', (chunk) => reader.parse(chunk)).on('error', reject)
    reader.on('packet', (packet: Packet) => {
      if (packet.cmd === 'connack') socket.write(subscribe(device))
      if (packet.cmd === 'suback') resolve(socket)
      if (packet.cmd === 'publish') hear(device, key, socket, packet)
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

function hear(device: BenchDevice, key: KeyObject, socket: Socket, packet: Extract<Packet, { cmd: 'publish' }>): void {
  const now = Date.now()
  if (packet.qos === 1 && packet.messageId !== undefined)
    socket.write(generate({ cmd: 'puback', messageId: packet.messageId }))
  if (packet.payload.length === 0) return
  if (packet.topic.endsWith('/emergency')) emergencies.push(now)
  if (!packet.topic.endsWith('/schedule')) return
  const version = versionIn(packet.payload)
  schedules.set(device.id, version)
  const body: Up['body'] = {
    ...{ kind: 'heartbeat', scheduleVersion: version, stored: 10, nextPlayAt: null, volume: 80, clockOffMs: 0 },
    ...{ faults: [], agent: 'bench', logSeq: 0 },
  }
  const up: Up = { v: 1, from: device.id, sentAt: new Date(now).toISOString(), body }
  const payload = seal(up, { id: device.id, privateKey: key })
  socket.write(
    generate({ cmd: 'publish', topic: topics.up(device.id), qos: 1, messageId: 2, payload, retain: false, dup: false }),
  )
}

function versionIn(payload: string | Buffer): number {
  const { p } = JSON.parse(payload.toString()) as { p: string }
  const { body } = JSON.parse(Buffer.from(p, 'base64url').toString()) as Down
  return body.kind === 'schedule' ? body.version : 0
}
