import { createHash, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto'
import { hashOf, open, seal } from '../platform/speakers/envelope.ts'
import {
  Up,
  type BroadcastFile,
  type DownBody,
  type LogEntry,
  type ScheduleBody,
} from '../platform/speakers/protocol.ts'
import type { End } from './agent/player.ts'

const HOUR_MS = 3_600_000

/** The province's side of the protocol, as small as it can be: it signs, checks what comes up, and keeps the logs. */
export class SimulatedProvince {
  readonly keyId = 'k1'
  readonly #privateKey: KeyObject
  readonly publicKey: KeyObject
  readonly #devices = new Map<string, KeyObject>()
  readonly logs = new Map<string, LogEntry[]>()
  /** Faults that heartbeats told, one after the other, by device. */
  readonly told = new Map<string, string[]>()
  /** What must never be. */
  readonly wrong: string[] = []
  readonly #seqs = new Map<string, number>()
  readonly nowMs: () => number

  constructor(nowMs: () => number) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    this.#privateKey = privateKey
    this.publicKey = publicKey
    this.nowMs = nowMs
  }

  know(deviceId: string, key: KeyObject): void {
    this.#devices.set(deviceId, key)
    this.logs.set(deviceId, [])
    this.told.set(deviceId, [])
  }

  /** A message as it goes down; what is given beside stands in the place of what is right. */
  down(
    to: string,
    body: DownBody,
    given: { seq?: number; validUntilMs?: number; key?: { id: string; privateKey: KeyObject } } = {},
  ): Buffer {
    const counter = `${to} ${body.kind}`
    const seq = given.seq ?? (this.#seqs.get(counter) ?? 0) + 1
    this.#seqs.set(counter, Math.max(seq, this.#seqs.get(counter) ?? 0))
    const nowMs = this.nowMs()
    const validUntil = iso(given.validUntilMs ?? nowMs + 8 * 24 * HOUR_MS)
    const key = given.key ?? { id: this.keyId, privateKey: this.#privateKey }
    return seal({ v: 1, to, seq, issuedAt: iso(nowMs), validUntil, body }, key)
  }

  /** Takes a message that came up; answers what goes down for it. */
  take(message: Buffer): Buffer[] {
    const opened = open(message, (id) => this.#devices.get(id) ?? null, Up)
    if ('refused' in opened) {
      this.wrong.push(`a device's message was ${opened.refused}`)
      return []
    }
    const { from, body } = opened.payload
    if (from !== opened.keyId) this.wrong.push(`${from} signed as ${opened.keyId}`)
    if (body.kind === 'ask_time') {
      return [this.down(`d/${from}`, { kind: 'time', asked: body.asked, now: iso(this.nowMs()) })]
    }
    if (body.kind === 'heartbeat') this.told.get(from)?.push(body.faults.join(', '))
    return body.kind === 'log' ? [this.#keep(from, body.entries)] : []
  }

  endsOf(deviceId: string): End[] {
    return (this.logs.get(deviceId) ?? []).flatMap(({ entry }) => (entry.kind === 'end' ? [entry] : []))
  }

  refusalsOf(deviceId: string): string[] {
    return (this.logs.get(deviceId) ?? []).flatMap(({ entry }) =>
      entry.kind === 'refused' ? [`${entry.what}: ${entry.why}`] : [],
    )
  }

  #keep(from: string, entries: readonly LogEntry[]): Buffer {
    const log = this.logs.get(from) ?? []
    for (const entry of entries) {
      const known = log[entry.seq - 1]
      if (known) {
        if (hashOf(known) !== hashOf(entry)) this.wrong.push(`${from} has two logs at ${entry.seq}`)
        continue
      }
      const last = log.at(-1)
      if (entry.seq !== log.length + 1) this.wrong.push(`${from} leaves a gap before ${entry.seq}`)
      if (entry.prev !== (last ? hashOf(last) : '0'.repeat(64)))
        this.wrong.push(`${from} breaks its chain at ${entry.seq}`)
      log.push(entry)
    }
    const last = log.at(-1)
    return this.down(`d/${from}`, { kind: 'logged', seq: log.length, hash: last ? hashOf(last) : '0'.repeat(64) })
  }
}

/** A recording that nobody has: its hash is of its name. */
export function buildBroadcast(change: Partial<BroadcastFile> & { fromMs: number; untilMs: number }): BroadcastFile {
  const { fromMs, untilMs, ...rest } = change
  return {
    id: randomUUID(),
    sha256: createHash('sha256').update(randomUUID()).digest('hex'),
    bytes: 1_000,
    seconds: 60,
    class: 'ordinary',
    language: 'vi',
    title: 'Bản tin',
    validFrom: iso(fromMs),
    validUntil: iso(untilMs),
    ...rest,
  }
}

export function buildSchedule(change: Partial<ScheduleBody> = {}): ScheduleBody {
  const empty = { broadcasts: [], plays: [], volume: 80, volumeHours: [], quiet: null, chime: false }
  return { kind: 'schedule', version: 1, ...empty, ...change }
}

export function iso(ms: number): string {
  return new Date(ms).toISOString()
}
