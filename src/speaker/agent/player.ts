import type { Class, EndState, LogEntry } from '../../platform/speakers/protocol.ts'
import { LiveSound, type LivePart } from './live-sound.ts'
import type { SpeakerPorts } from './ports.ts'

/** What is to sound. */
export interface Piece {
  readonly playId: string
  readonly sha256: string
  readonly seconds: number
  readonly class: Class
}

export type End = Extract<LogEntry['entry'], { kind: 'end' }>

/** What sounds: a play, or a speech that takes over. */
export interface Subject {
  readonly playId: string
  readonly class: Class | 'live'
}

interface Sounding {
  /** Null for the test tone. */
  readonly subject: Subject | null
  readonly live: LiveSound | null
  readonly startedAt: string
  readonly beganMonoMs: number
  readonly seconds: number
  readonly volume: number
  readonly handle: { stop(): void }
  markedMonoMs: number
}

interface Begun {
  readonly playId: string
  readonly startedAt: string
  readonly volume: number
}

/** How far a play came is written so often: so exactly its seconds are known after a loss of power. */
const MARK_EVERY_MS = 5_000
const TONE_SECONDS = 3
/** A sound that ends so much before its length has still been heard whole: players round. */
const SLACK_SECONDS = 1
/** A sound that goes on so much longer than it should is cut. */
const MARGIN_SECONDS = 10

/** Sounds one thing at a time, and gives every play that was begun exactly one end, over any loss of power. */
export class Player {
  readonly #ports: Pick<SpeakerPorts, 'disk' | 'sound' | 'read'>
  readonly #onEnd: (end: End) => void
  #sounding: Sounding | null = null
  fault: string | null = null

  constructor(ports: Pick<SpeakerPorts, 'disk' | 'sound' | 'read'>, onEnd: (end: End) => void) {
    this.#ports = ports
    this.#onEnd = onEnd
  }

  /** Ends what sounded when the power went: in part, with the seconds that are known. It never plays again. */
  recover(hasEnded: (playId: string) => boolean): void {
    const open = new Map<string, Begun & { seconds: number }>()
    for (const line of this.#ports.disk.begun()) {
      const read = JSON.parse(line) as Partial<Begun> & { playId: string; seconds?: number } // written below alone
      const { playId, startedAt, volume, seconds } = read
      if (startedAt !== undefined && volume !== undefined) open.set(playId, { playId, startedAt, volume, seconds: 0 })
      const begun = open.get(playId)
      if (begun && seconds !== undefined) begun.seconds = seconds
    }
    for (const { playId, startedAt, volume, seconds } of open.values()) {
      if (hasEnded(playId)) continue
      this.#onEnd({ kind: 'end', playId, state: 'partial', startedAt, seconds, volume, reason: 'power_lost' })
    }
  }

  /** What sounds now; null for silence. A test tone gives way to everything. */
  get sounding(): Subject | null {
    return this.#sounding?.subject ?? null
  }

  get isSilent(): boolean {
    return this.#sounding === null
  }

  /**
   * Begins a play. It is written down before it sounds; where it cannot be, false, and nothing sounds.
   * An emergency sounds all the same: a full disk must not silence a warning.
   */
  begin(piece: Piece, startedAt: string, volume: number): boolean {
    try {
      this.#ports.disk.begin(JSON.stringify({ playId: piece.playId, startedAt, volume }))
    } catch {
      if (piece.class !== 'emergency') return false
    }
    if (this.#sounding) this.cut('partial', 'cut')
    this.#start(piece, startedAt, piece.seconds, volume)
    return true
  }

  tone(volume: number): void {
    this.#start(null, '', TONE_SECONDS, volume)
  }

  /** Begins a speech with the part that came first. It is written down before; a full disk does not silence it. */
  beginLive(playId: string, first: LivePart, startedAt: string, volume: number): void {
    try {
      this.#ports.disk.begin(JSON.stringify({ playId, startedAt, volume }))
    } catch {
      // Then nothing is known of it after a loss of power; it is good for seconds, and no longer.
    }
    const { monoMs } = this.#ports.read()
    const speech = this.#ports.sound.speak({ playId, volume }, (fault) => {
      if (this.#sounding?.handle === live) this.#ended(fault)
    })
    const live: LiveSound = new LiveSound(speech, first, monoMs)
    const begun = { startedAt, beganMonoMs: monoMs, markedMonoMs: monoMs, seconds: 0, volume }
    this.#sounding = { ...begun, subject: { playId, class: 'live' }, live, handle: live }
  }

  /** The next part of the speech that sounds. */
  goOn(part: LivePart): void {
    this.#sounding?.live?.push(part, this.#ports.read().monoMs)
  }

  /** The speech that sounds has no more parts. */
  finishLive(): void {
    this.#sounding?.live?.finish(this.#ports.read().monoMs)
  }

  /** Cuts what sounds. */
  cut(state: Extract<EndState, 'partial' | 'preempted'>, reason: string): void {
    const { handle } = this.#sounding ?? {}
    handle?.stop()
    this.#close(state, reason)
  }

  /** Writes how far it came, and cuts what goes on too long; answers in how many ms to look again, null in silence. */
  look(): number | null {
    const sounding = this.#sounding
    if (!sounding) return null
    const { monoMs } = this.#ports.read()
    const { live, subject } = sounding
    const rest = live && !live.finished ? live.look(monoMs) : lastMsOf(sounding) - monoMs
    if (rest === null || rest <= 0) {
      this.cut('partial', rest === null ? 'silence' : 'too_long')
      return null
    }
    if (subject && monoMs - sounding.markedMonoMs >= MARK_EVERY_MS) {
      sounding.markedMonoMs = monoMs
      this.#mark(subject.playId, secondsOf(sounding, monoMs))
    }
    return Math.min(sounding.markedMonoMs + MARK_EVERY_MS - monoMs, rest)
  }

  #start(piece: Piece | null, startedAt: string, seconds: number, volume: number): void {
    const { monoMs } = this.#ports.read()
    const { playId = null, sha256 = null } = piece ?? {}
    const handle = this.#ports.sound.begin({ playId, sha256, seconds, volume }, (fault) => {
      if (this.#sounding?.handle === handle) this.#ended(fault)
    })
    const begun = { startedAt, beganMonoMs: monoMs, markedMonoMs: monoMs, seconds, volume }
    this.#sounding = { ...begun, subject: piece, live: null, handle }
  }

  #ended(fault: string | null): void {
    const sounding = this.#sounding as Sounding // it is what ended
    this.fault = fault
    const seconds = secondsOf(sounding, this.#ports.read().monoMs)
    if (fault !== null) return this.#close(seconds < 1 ? 'failed' : 'partial', 'sound_fault')
    const { live } = sounding
    if (live) {
      const lacks = live.finished ? live.lacks : 'short'
      return this.#close(lacks === '' ? 'played' : 'partial', lacks)
    }
    const whole = seconds >= sounding.seconds - Math.min(SLACK_SECONDS, sounding.seconds / 2)
    this.#close(whole ? 'played' : 'partial', whole ? '' : 'short')
  }

  #close(state: EndState, reason: string): void {
    const sounding = this.#sounding
    this.#sounding = null
    if (!sounding?.subject) return
    const { subject, startedAt, volume } = sounding
    const seconds = secondsOf(sounding, this.#ports.read().monoMs)
    this.#onEnd({ kind: 'end', playId: subject.playId, state, startedAt, seconds, volume, reason })
  }

  #mark(playId: string, seconds: number): void {
    try {
      this.#ports.disk.begin(JSON.stringify({ playId, seconds }))
    } catch {
      // Then fewer seconds are known after a loss of power; the play goes on.
    }
  }
}

/** Beyond it what sounds is cut. */
function lastMsOf({ live, beganMonoMs, seconds }: Sounding): number {
  return (live ? live.endsMonoMs : beganMonoMs + seconds * 1_000) + MARGIN_SECONDS * 1_000
}

function secondsOf({ live, beganMonoMs }: Sounding, monoMs: number): number {
  return Math.round((live ? live.heardMs(monoMs) : monoMs - beganMonoMs) / 10) / 100
}
