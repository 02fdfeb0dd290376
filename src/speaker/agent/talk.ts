import { seal } from '../../platform/speakers/envelope.ts'
import type { Up } from '../../platform/speakers/protocol.ts'
import type { DevicePorts, Identity } from './ports.ts'
import type { Record } from './record.ts'

/** Heartbeats, in ms. */
export const BEATS_EVERY_MS = 30_000
/** Quartz goes wrong by some 50 millionths: 0.1 s in this time. */
const ASKS_EVERY_MS = 30 * 60_000
/** While the time is unknown, or an answer did not come. */
const ASKS_AGAIN_MS = 10_000
const SENDS_AGAIN_MS = 60_000
/** What it said of itself and no longer holds does not stand until the next heartbeat; nor is the line flooded. */
const PUTS_RIGHT_MS = 2_000

export type Heartbeat = Omit<Extract<Up['body'], { kind: 'heartbeat' }>, 'kind'>

/** What the device says by itself while it is connected: that it lives, what it played, and what is the time? */
export class Talk {
  readonly #identity: Identity
  readonly #ports: Pick<DevicePorts, 'publish' | 'read' | 'nonce'>
  readonly #record: Record
  readonly #beatsEveryMs: number
  #connected = false
  #beatMonoMs = -Infinity
  #askMonoMs = -Infinity
  #sent: { readonly upTo: number; readonly monoMs: number } | null = null
  /** What the last heartbeat on this connection told that people act on. */
  #told: string | null = null

  constructor(
    identity: Identity,
    ports: Pick<DevicePorts, 'publish' | 'read' | 'nonce'>,
    record: Record,
    beatsEveryMs: number,
  ) {
    this.#beatsEveryMs = beatsEveryMs
    this.#identity = identity
    this.#ports = ports
    this.#record = record
  }

  connected(): void {
    this.#connected = true
    this.#beatMonoMs = -Infinity
    this.#askMonoMs = -Infinity
    this.#sent = null
    this.#told = null
  }

  disconnected(): void {
    this.#connected = false
  }

  /** The time is asked for at the next turn. */
  askSoon(): void {
    this.#askMonoMs = -Infinity
  }

  timeKnown(): void {
    this.#askMonoMs = this.#ports.read().monoMs + ASKS_EVERY_MS - ASKS_AGAIN_MS
  }

  /** The province has answered how far the log is kept: the next piece may go. */
  sendSoon(): void {
    this.#sent = null
  }

  /** Says what is to be said now; answers in how many ms the next is due, null while nobody listens. */
  turn(loggedSeq: number, beat: () => Heartbeat): number | null {
    if (!this.#connected) return null
    const { monoMs } = this.#ports.read()
    if (monoMs - this.#askMonoMs >= ASKS_AGAIN_MS) this.#ask(monoMs)
    if (!this.#sent || monoMs - this.#sent.monoMs >= SENDS_AGAIN_MS) this.#sendLog(loggedSeq, monoMs)
    const dues = [this.#beatAt(monoMs, beat()), this.#askMonoMs + ASKS_AGAIN_MS]
    if (this.#sent) dues.push(this.#sent.monoMs + SENDS_AGAIN_MS)
    return Math.max(0, Math.min(...dues) - monoMs)
  }

  /** Says what it is due to say of itself; answers when the next is due. */
  #beatAt(monoMs: number, beat: Heartbeat): number {
    const told = [beat.scheduleVersion, beat.volume, ...beat.faults].join(' ')
    // Who has just come up does not know the time yet: that is told when the answer does not come.
    const waits = this.#told === null && beat.faults.includes('no_time')
    const everyMs = this.#told === told ? this.#beatsEveryMs : Math.min(PUTS_RIGHT_MS, this.#beatsEveryMs)
    const dueMs = waits ? this.#askMonoMs + PUTS_RIGHT_MS : this.#beatMonoMs + everyMs
    if (monoMs < dueMs) return dueMs
    this.#beatMonoMs = monoMs
    this.#told = told
    this.#say({ kind: 'heartbeat', ...beat })
    return monoMs + this.#beatsEveryMs
  }

  #ask(monoMs: number): void {
    const asked = this.#ports.nonce()
    this.#askMonoMs = monoMs
    this.#record.clock.ask(asked)
    this.#say({ kind: 'ask_time', asked })
  }

  #sendLog(loggedSeq: number, monoMs: number): void {
    const entries = this.#record.book.after(loggedSeq)
    const last = entries.at(-1)
    if (!last) {
      this.#sent = null
      return
    }
    if (this.#say({ kind: 'log', entries: [...entries] })) this.#sent = { upTo: last.seq, monoMs }
  }

  #say(body: Up['body']): boolean {
    const { deviceId, privateKey } = this.#identity
    const up: Up = { v: 1, from: deviceId, sentAt: new Date(this.#record.clock.guess()).toISOString(), body }
    return this.#ports.publish(seal(up, { id: deviceId, privateKey }))
  }
}
