import { createHash, verify, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { randomUUID } from 'node:crypto'
import { Aedes } from 'aedes'
import { topics, type DownBody } from '../platform/speakers/protocol.ts'
import { publicKeyOf, rawKey } from './rules/raw-key.ts'
import { SimulatedProvince } from './simulated-province.build.ts'

export const STATION_CODE = 'YH-01'

const BREAK_MS = 1_500

/** A province on the loopback for one device: a broker that speaks MQTT 3.1.1, enrolment and recordings over HTTP. */
export class LoopbackProvince {
  readonly hub = new SimulatedProvince(() => Date.now())
  readonly deviceId = randomUUID()
  readonly recordings = new Map<string, Uint8Array>()
  /** Range of each request for a recording; '' for the whole. */
  readonly asked: string[] = []
  /** Breaks the line after so many bytes, once. */
  breakAfterBytes: number | null = null
  #deviceKey: KeyObject | null = null
  readonly #close: (() => Promise<void>)[] = []
  readonly #listeners = new Set<() => void>()
  #broker: Aedes | null = null
  #brokerPort = 0
  address = ''

  async start(): Promise<void> {
    const http = createHttpServer((request, response) => void this.#answer(request, response))
    http.listen(0, '127.0.0.1')
    await once(http, 'listening')
    this.address = `http://127.0.0.1:${(http.address() as AddressInfo).port}` // it listens
    this.#close.push(async () => {
      http.closeAllConnections()
      http.close()
      await once(http, 'close')
    })
    const broker = await Aedes.createBroker()
    const mqtt = createServer((socket) => void broker.handle(socket))
    mqtt.listen(0, '127.0.0.1')
    await once(mqtt, 'listening')
    this.#broker = broker
    this.#brokerPort = (mqtt.address() as AddressInfo).port // it listens
    this.#close.push(async () => {
      await new Promise<void>((resolve) => broker.close(resolve))
      mqtt.close()
    })
    broker.on('publish', (packet, client) => {
      if (!client || packet.topic !== topics.up(this.deviceId)) return
      for (const answer of this.hub.take(Buffer.from(packet.payload))) this.#send(topics.device(this.deviceId), answer)
      for (const listener of this.#listeners) listener()
    })
  }

  async close(): Promise<void> {
    for (const close of this.#close) await close()
  }

  keep(bytes: Uint8Array): { readonly sha256: string; readonly bytes: number } {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    this.recordings.set(sha256, bytes)
    return { sha256, bytes: bytes.length }
  }

  send(body: DownBody): void {
    const isForStation = body.kind === 'schedule' || body.kind === 'emergency'
    const message = this.hub.down(isForStation ? `s/${STATION_CODE}` : `d/${this.deviceId}`, body)
    if (body.kind === 'schedule') this.#send(topics.station(STATION_CODE), message, true)
    else this.#send(isForStation ? topics.emergency(STATION_CODE) : topics.device(this.deviceId), message, isForStation)
  }

  /** Waits until what the device has said makes it so. */
  until(is: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!is()) return
        this.#listeners.delete(look)
        resolve()
      }
      this.#listeners.add(look)
      look()
    })
  }

  #send(topic: string, payload: Buffer, retain = false): void {
    this.#broker?.publish({ cmd: 'publish', topic, payload, qos: 1, retain, dup: false }, () => {})
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/speaker/enrol') return this.#enrol(request, response)
    const sha256 = request.url?.split('/').at(-1) ?? ''
    const bytes = this.recordings.get(sha256)
    if (!this.#mayHave(request.headers.authorization ?? '', sha256) || !bytes) {
      response.writeHead(bytes ? 401 : 404).end()
      return
    }
    const range = request.headers.range ?? ''
    this.asked.push(range)
    const from = Number(/^bytes=(\d+)-$/.exec(range)?.[1] ?? 0)
    const rest = bytes.subarray(from)
    response.writeHead(range ? 206 : 200, {
      'content-length': rest.length,
      ...(range ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {}),
    })
    if (this.breakAfterBytes === null) {
      response.end(rest)
      return
    }
    // What is still on its way when a line breaks is lost: time for what was sent to come to the disk.
    response.write(rest.subarray(0, this.breakAfterBytes), () => setTimeout(() => response.destroy(), BREAK_MS))
    this.breakAfterBytes = null
  }

  async #enrol(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const { code, publicKey } = JSON.parse(body) as { code: string; publicKey: string } // from our own device
    if (code !== 'ONCE' || this.#deviceKey) {
      response.writeHead(403).end(JSON.stringify({ refused: 'station.wrong_code' }))
      return
    }
    this.#deviceKey = publicKeyOf(publicKey)
    this.hub.know(this.deviceId, this.#deviceKey)
    response.writeHead(201, { 'content-type': 'application/json' })
    response.end(
      JSON.stringify({
        deviceId: this.deviceId,
        code: `${STATION_CODE}-01`,
        stationCode: STATION_CODE,
        keys: [{ id: this.hub.keyId, publicKey: rawKey(this.hub.publicKey) }],
        mqtt: { url: `mqtt://127.0.0.1:${this.#brokerPort}`, username: this.deviceId, password: 'secret' },
        audio: `${this.address}/speaker/audio`,
      }),
    )
  }

  #mayHave(authorization: string, sha256: string): boolean {
    const [, deviceId, seconds, signature] = /^Loa-Device ([^:]+):(\d+):([\w-]+)$/.exec(authorization) ?? []
    const words = Buffer.from(`loa-audio-v1\0${deviceId}:${seconds}:${sha256}`)
    const key = this.#deviceKey
    return key !== null && verify(null, words, key, Buffer.from(signature ?? '', 'base64url'))
  }
}
