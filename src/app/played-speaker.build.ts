import { createPublicKey, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto'
import { connect, type MqttClient } from 'mqtt'
import { vi } from 'vitest'
import type { Ctx, Id } from '../core/kernel/index.ts'
import { deviceByCode, enrolDevice, makeEnrolment, publicKeyOf, speakerKeys } from '../core/station/index.ts'
import { hashOf, open, seal } from '../platform/speakers/envelope.ts'
import { Down, topics, type DownBody, type LogEntry, type Up } from '../platform/speakers/protocol.ts'

/** A device as far as the hub can tell: it holds its key and its log, and hears and says what it is told to. */
export class PlayedSpeaker {
  readonly id: Id<'device'>
  readonly stationCode: string
  readonly password: string
  readonly keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject }
  readonly heard: Down[] = []
  readonly topics = new Map<string, Down | null>()
  readonly log: LogEntry[] = []
  client: MqttClient | null = null

  constructor(
    id: Id<'device'>,
    stationCode: string,
    password: string,
    keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
  ) {
    this.id = id
    this.stationCode = stationCode
    this.password = password
    this.keys = keys
  }

  /** Comes in and hears its four topics. */
  async connect(port: number, believes: (keyId: string) => KeyObject | null): Promise<MqttClient> {
    const { client, hears } = await this.knock(port, believes)
    if (hears.length < 4) throw new Error('not let hear')
    return client
  }

  /** Comes in and asks for its four topics; answers which of them it is let hear. */
  async knock(port: number, believes: (keyId: string) => KeyObject | null) {
    const client = connect(`mqtt://127.0.0.1:${port}`, {
      protocolVersion: 4,
      clientId: this.id,
      username: this.id,
      password: this.password,
      reconnectPeriod: 0,
    })
    client.on('error', () => {})
    client.on('message', (topic, bytes) => {
      const opened = bytes.length === 0 ? null : open(bytes, believes, Down)
      const payload = opened && 'payload' in opened ? opened.payload : null
      this.topics.set(topic, payload)
      if (payload) this.heard.push(payload)
    })
    await new Promise<void>((resolve, reject) => {
      client.once('connect', () => resolve())
      client.once('close', () => reject(new Error('not let in')))
    })
    const ofStation = [topics.station, topics.emergency, topics.live].map((of) => of(this.stationCode))
    const own = [...ofStation, topics.device(this.id)]
    const granted = await new Promise<readonly unknown[]>((resolve, reject) => {
      client.subscribe(own, { qos: 1 }, (error, _asked, answer) => {
        if (answer) resolve(answer.granted)
        else reject(error ?? new Error('no answer'))
      })
    })
    this.client = client
    return { client, hears: own.filter((_topic, at) => Number(granted[at]) < 128) }
  }

  sealed(body: Up['body'], sentAt = new Date(), key = this.keys.privateKey): Buffer {
    const up: Up = { v: 1, from: this.id, sentAt: sentAt.toISOString(), body }
    return seal(up, { id: this.id, privateKey: key })
  }

  async say(body: Up['body'], sentAt = new Date()): Promise<void> {
    await this.client?.publishAsync(topics.up(this.id), this.sealed(body, sentAt), { qos: 1 })
  }

  /** Writes entries into its log, each bound to the one before. */
  write(...entries: readonly LogEntry['entry'][]): LogEntry[] {
    for (const entry of entries) {
      const last = this.log.at(-1)
      const prev = last ? hashOf(last) : '0'.repeat(64)
      this.log.push({ seq: this.log.length + 1, prev, at: new Date().toISOString(), clockOffMs: 0, entry })
    }
    return this.log.slice(this.log.length - entries.length)
  }

  beat(change: Partial<Extract<Up['body'], { kind: 'heartbeat' }>> = {}): Up['body'] {
    return {
      ...{ kind: 'heartbeat', scheduleVersion: 1, stored: 0, nextPlayAt: null, volume: 80, clockOffMs: 0, faults: [] },
      ...{ agent: 'played', logSeq: this.log.length, ...change },
    }
  }

  /** Waits for a message of a kind that fits. */
  async hears<Kind extends DownBody['kind']>(
    kind: Kind,
    fits: (body: Extract<DownBody, { kind: Kind }>) => boolean = () => true,
  ): Promise<Down> {
    return vi.waitFor(
      () => {
        const found = this.heard.findLast(({ body }) => body.kind === kind && fits(body as never))
        if (!found) throw new Error(`${kind} has not come`)
        return found
      },
      { timeout: 20_000, interval: 20 },
    )
  }

  /** Waits until the broker has ended its connection. */
  async isCut(): Promise<void> {
    await vi.waitFor(
      () => {
        if (this.client?.connected) throw new Error('still connected')
      },
      { timeout: 20_000, interval: 20 },
    )
  }
}

/** Whom a device believes: the keys of the province as they stand now. */
export async function believing(ctx: Ctx): Promise<(keyId: string) => KeyObject | null> {
  const { trusted } = await speakerKeys(ctx)
  return (id) => {
    const key = trusted.find((one) => one.id === id)
    return key ? publicKeyOf(Buffer.from(key.publicKey, 'base64url')) : null
  }
}

/** Enrols an expected device as the device itself would. */
export async function enrolPlayed(ctx: Ctx, code: string): Promise<PlayedSpeaker> {
  const device = await deviceByCode(ctx.db, code)
  if (!device) throw new Error(`no device ${code}`)
  const { code: once } = await makeEnrolment(ctx, { deviceId: device.id })
  const { privateKey } = generateKeyPairSync('ed25519')
  const publicKey = createPublicKey(privateKey)
  const given = { code: once, publicKey: String(publicKey.export({ format: 'jwk' }).x) }
  const enrolled = await enrolDevice(ctx, given, '127.0.0.1')
  return new PlayedSpeaker(enrolled.deviceId, enrolled.outletCode, enrolled.password, { publicKey, privateKey })
}

/** An entry that says a play was played. */
export function played(playId: string = randomUUID()): LogEntry['entry'] {
  const startedAt = new Date().toISOString()
  return { kind: 'end', playId, state: 'played', startedAt, seconds: 30, volume: 80, reason: '' }
}

/** When a device said what stands in an envelope, as it says itself. */
export function sentAtOf(envelope: string): Date {
  const { p } = JSON.parse(envelope) as { p: string }
  const { sentAt } = JSON.parse(Buffer.from(p, 'base64url').toString('utf8')) as { sentAt: string }
  return new Date(sentAt)
}
