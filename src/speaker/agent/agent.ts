import type { Down } from '../../platform/speakers/protocol.ts'
import type { Duty, Key, MakesDuty } from './duty.ts'
import { Held } from './held.ts'
import type { DevicePorts, Identity } from './ports.ts'
import { Record } from './record.ts'
import { BEATS_EVERY_MS, Talk, type Heartbeat } from './talk.ts'

const LONGEST_REST_MS = 60_000

type Body<Kind extends Down['body']['kind']> = Extract<Down['body'], { kind: Kind }>

/**
 * The device without any wire: it is told what comes in and asked to look at the clock, and speaks to its ports alone.
 * Whether it plays or shows is its duty; what is said to every device is obeyed here. The power may go between any two
 * calls of the disk.
 */
export class Agent {
  readonly #ports: DevicePorts
  readonly #held: Held
  readonly #record: Record
  readonly #duty: Duty
  readonly #talk: Talk

  constructor(identity: Identity, ports: DevicePorts, duty: MakesDuty, { beatsEveryMs = BEATS_EVERY_MS } = {}) {
    this.#ports = ports
    this.#held = new Held(ports.disk, identity)
    this.#record = new Record(ports, this.#held)
    this.#duty = duty(ports, this.#held, this.#record)
    this.#talk = new Talk(identity, ports, this.#record, beatsEveryMs)
    this.#record.note('started')
    this.#bring()
  }

  get isRevoked(): boolean {
    return this.#held.revoked
  }

  /** The province's time as well as it is known. */
  get timeMs(): number {
    return this.#record.clock.guess()
  }

  connected(): void {
    this.#talk.connected()
  }

  disconnected(): void {
    this.#talk.disconnected()
  }

  /** A message of one of its topics. An empty one only says that the broker keeps none any more. */
  received(message: Uint8Array): void {
    if (message.length === 0 || this.#held.revoked) return
    const admitted = this.#held.admit(message, this.#record.clock.atLeast())
    if ('known' in admitted) return
    if ('refused' in admitted) return this.#record.refuse(admitted.what, admitted.refused)
    const { taken, key, hash } = admitted
    // Where the disk does not take it, it was not taken: the next connection brings it again.
    this.#record.tries(() => this.#obey(taken, message, { key, seq: taken.seq, hash }))
  }

  /** A file lies on the shelf now, or was thrown away for what it is. */
  brought(sha256: string, refused: string | null): void {
    if (refused !== null) this.#record.refuse(`audio ${sha256.slice(0, 16)}`, refused)
  }

  /** There is no room on the disk for a file. */
  noRoom(): void {
    this.#record.fault('disk_full')
  }

  /** Does what is due; answers in how many ms to come again at the latest. */
  tick(): number {
    if (this.#held.revoked) return LONGEST_REST_MS
    if (this.#record.look()) this.#talk.askSoon()
    const rests = [this.#duty.turn(), this.#talk.turn(this.#held.logged.seq, () => this.#beat())]
    return Math.max(1, Math.ceil(Math.min(LONGEST_REST_MS, ...rests.filter((rest) => rest !== null))))
  }

  /** Falls silent, in order. */
  stop(): void {
    this.#duty.cut('stopped_running')
    this.#record.note('stopped')
    this.#record.keepClock()
    this.#talk.turn(this.#held.logged.seq, () => this.#beat())
  }

  #obey(down: Down, message: Uint8Array, key: Key): void {
    const { body } = down
    this.#record.clock.heardOf(Date.parse(down.issuedAt))
    switch (body.kind) {
      case 'command':
        return this.#command(body, key)
      case 'logged':
        return this.#logged(body, key)
      case 'time':
        return this.#time(body, key)
      default:
        this.#duty.obey(body, message, key)
        return this.#bring()
    }
  }

  #command({ id, command, volume }: Body<'command'>, key: Key): void {
    const change = {
      volume: { volume: volume ?? null },
      stop: { stopped: true },
      resume: { stopped: false },
      revoked: { revoked: true },
      test_tone: {},
      restart: {},
    }[command]
    const kept = this.#record.tries(() => this.#held.keepFlags(change, key))
    if (command === 'stop') this.#duty.cut('stopped')
    if (command === 'restart') this.#duty.cut('restart')
    if (command === 'revoked') this.#duty.cut('revoked')
    const answer = command === 'test_tone' ? this.#duty.tone() : 'done'
    this.#record.log({ kind: 'command', id, answer })
    // Where the disk did not take that it was told, it would be told again behind each start.
    if (command === 'restart' && kept) this.#ports.restart()
    if (command === 'revoked') this.#talk.turn(this.#held.logged.seq, () => this.#beat())
  }

  #logged({ seq, hash }: Body<'logged'>, key: Key): void {
    if (seq > 0 && this.#record.book.hashAt(seq) !== hash) {
      this.#record.faults.add('log_disputed')
      return this.#record.refuse('logged', 'another_log')
    }
    this.#record.faults.delete('log_disputed')
    this.#held.keepFlags({ logged: { seq, hash } }, key)
    this.#record.forget(seq)
    this.#talk.sendSoon()
  }

  #time({ asked, now }: Body<'time'>, key: Key): void {
    // A nonce answers once: its number need not be kept over a loss of power.
    this.#held.noteTaken(key.key, key)
    if (!this.#record.clock.answered(asked, Date.parse(now))) return this.#record.refuse('time', 'not_asked')
    this.#record.keepClock()
    this.#talk.timeKnown()
  }

  #bring(): void {
    const wanted = this.#duty.wanted()
    const needed = new Set(wanted.map(({ sha256 }) => sha256))
    const lacking = wanted.filter(({ sha256 }) => !this.#ports.shelf.has(sha256))
    this.#ports.bring(lacking, needed)
  }

  #beat(): Heartbeat {
    const { clock, faults, book } = this.#record
    const shown = [...faults]
    if (clock.now() === null) shown.push('no_time')
    if (this.#held.stopped) shown.push('stopped')
    if (this.#duty.wanted().some(({ sha256 }) => !this.#ports.shelf.has(sha256))) shown.push('audio_lacking')
    return {
      ...this.#duty.beat(),
      stored: this.#ports.shelf.count(),
      clockOffMs: clock.offMs(),
      faults: shown.slice(0, 20),
      agent: this.#ports.agentVersion,
      logSeq: book.seq,
    }
  }
}
