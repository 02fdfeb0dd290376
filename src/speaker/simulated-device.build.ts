import { Agent } from './agent/agent.ts'
import type { MakesDuty } from './agent/duty.ts'
import { Programme } from './agent/programme.ts'
import type { Disk, Identity, Piece, Sound, SoundWish, Speech, SpeechWish, WantedFile } from './agent/ports.ts'
import type { Reading } from './rules/righted-clock.ts'

/** What really sounded, by the true time. */
export interface Heard {
  readonly playId: string
  readonly fromMs: number
  untilMs: number
  readonly volume: number
  whole: boolean
  /** Of a speech: all that was given of it, base64. */
  spoken?: string
}

const DEAF: Speech = { push() {}, finish() {}, stop() {} }

/** A disk in memory that takes nothing any more from the moment when the power goes, which may be within any call. */
export class SimulatedDisk implements Disk {
  #log: string[] = []
  #begun: string[] = []
  readonly #pieces = new Map<Piece, string>()
  #writesLeft = Infinity
  isFull = false
  onDeath: () => void = () => {}

  /** The power goes before the write after so many. */
  dieAfter(writes: number): void {
    this.#writesLeft = writes
  }
  revive(): void {
    this.#writesLeft = Infinity
  }
  get isDead(): boolean {
    return this.#writesLeft <= 0
  }

  log(): readonly string[] {
    return [...this.#log]
  }
  append(line: string): void {
    this.#write(() => this.#log.push(line))
  }
  replaceLog(lines: readonly string[]): void {
    this.#write(() => (this.#log = [...lines]))
  }
  begun(): readonly string[] {
    return [...this.#begun]
  }
  begin(line: string): void {
    this.#write(() => this.#begun.push(line))
  }
  clearBegun(): void {
    this.#write(() => (this.#begun = []))
  }
  read(piece: Piece): string | null {
    return this.#pieces.get(piece) ?? null
  }
  keep(piece: Piece, text: string): void {
    this.#write(() => this.#pieces.set(piece, text))
  }

  #write(change: () => void): void {
    if (this.isDead) throw new Error('no power')
    if (this.isFull) throw new Error('no space')
    change()
    this.#writesLeft -= 1
    if (this.isDead) this.onDeath()
  }
}

/** The true time, played or not. `after` answers how to have it not done. */
export interface TrueTime {
  readonly nowMs: number
  after(ms: number, call: () => void): () => void
}

/** What a device is put into: who hears it, and how long a recording is on its way. */
export interface Surroundings {
  readonly time: TrueTime
  readonly nonce: () => string
  /** A message goes up; false where there is no way. */
  readonly up: (message: Buffer) => boolean
  /** Ms until a recording has come, or null where the line breaks. */
  readonly fetchMs: () => number | null
  /** What it is there for; it plays unless it is said. `lives` turns false with the power. */
  readonly duty?: (lives: () => boolean) => MakesDuty
}

/** A device whose power, network, wall clock and disk do as a test wants; the agent in it is the real one. */
export class SimulatedDevice {
  readonly identity: Identity
  readonly disk = new SimulatedDisk()
  readonly heard: Heard[] = []
  readonly #around: Surroundings
  readonly #shelf = new Set<string>()
  #agent: Agent | null = null
  #life = 0
  #boots = 0
  #bootedMs = 0
  #cancel = () => {}
  #wanted: readonly WantedFile[] = []
  #fetching = false
  isConnected = false
  /** Its wall clock less the true time. */
  wallOffMs = 0
  /** Its quartz goes so much too fast. */
  drift = 0
  /** Of the clock that goes on without power; null where there is none. */
  rtcOffMs: number | null = 0

  constructor(identity: Identity, around: Surroundings) {
    this.identity = identity
    this.#around = around
    this.disk.onDeath = () => this.#goDark()
  }

  get isOn(): boolean {
    return this.#agent !== null
  }

  powerOn(): void {
    if (this.#agent) return
    this.disk.revive()
    this.#boots += 1
    this.#bootedMs = this.#around.time.nowMs
    this.#start()
  }

  /** The power goes, now or within the writes to come. */
  powerOff(afterWrites = 0): void {
    this.disk.dieAfter(afterWrites)
    if (afterWrites === 0) this.#goDark()
  }

  /** The program dies and is started again; the machine runs on. */
  kill(): void {
    if (!this.#agent) return
    this.#goDark()
    this.#start()
  }

  connect(): void {
    if (!this.#agent || this.isConnected) return
    this.isConnected = true
    this.does((agent) => agent.connected())
    this.#fetch()
  }

  disconnect(): void {
    if (!this.isConnected) return
    this.isConnected = false
    this.does((agent) => agent.disconnected())
  }

  receive(message: Uint8Array): void {
    this.does((agent) => agent.received(message))
  }

  does(act: (agent: Agent) => void): void {
    if (!this.#agent) return
    act(this.#agent)
    this.#turn()
  }

  holds(sha256: string): void {
    this.#shelf.add(sha256)
  }

  #start(): void {
    const life = ++this.#life
    const lives = () => life === this.#life && !this.disk.isDead
    const agent = new Agent(
      this.identity,
      {
        disk: this.disk,
        shelf: { has: (sha256) => this.#shelf.has(sha256), count: () => this.#shelf.size },
        read: () => this.#read(),
        publish: (message) => lives() && this.isConnected && this.#around.up(message),
        bring: (wanted) => {
          this.#wanted = wanted
          this.#fetch()
        },
        restart: () => void this.#around.time.after(0, () => lives() && this.kill()),
        nonce: this.#around.nonce,
        agentVersion: 'simulated',
      },
      this.#around.duty?.(lives) ?? this.#plays(lives),
      { beatsEveryMs: 3_600_000 },
    )
    if (!lives()) return
    this.#agent = agent
    this.#turn()
  }

  #goDark(): void {
    this.#life += 1
    this.#agent = null
    this.isConnected = false
    this.#cancel()
    const last = this.heard.at(-1)
    if (last && last.untilMs > this.#around.time.nowMs) Object.assign(last, { untilMs: this.#around.time.nowMs })
  }

  #turn(): void {
    this.#cancel()
    if (!this.#agent) return
    const rest = this.#agent.tick()
    if (this.#agent) this.#cancel = this.#around.time.after(rest / (1 + this.drift), () => this.#turn())
  }

  #plays(lives: () => boolean): MakesDuty {
    const sound: Sound = {
      begin: (wish, ended) => (lives() ? this.#sound(wish, ended, lives) : { stop() {} }),
      speak: (wish, ended) => (lives() ? this.#speech(wish, ended, lives) : DEAF),
    }
    return (ports, held, record) => new Programme({ ...ports, sound }, held, record)
  }

  #sound({ playId, seconds, volume }: SoundWish, ended: (fault: null) => void, lives: () => boolean) {
    const { time } = this.#around
    const fromMs = time.nowMs
    const heard: Heard = { playId: playId ?? 'tone', fromMs, untilMs: fromMs + seconds * 1_000, volume, whole: false }
    this.heard.push(heard)
    const cancel = time.after(seconds * 1_000, () => {
      if (!lives()) return
      heard.whole = true
      ended(null)
      this.#turn()
    })
    return {
      stop() {
        cancel()
        heard.untilMs = time.nowMs
      },
    }
  }

  /** What is given of a speech sounds one after the other, with what lies between. */
  #speech({ playId, volume }: SpeechWish, ended: (fault: null) => void, lives: () => boolean): Speech {
    const { time } = this.#around
    const heard: Heard = { playId, fromMs: time.nowMs, untilMs: time.nowMs, volume, whole: false, spoken: '' }
    this.heard.push(heard)
    let cancel = () => {}
    return {
      push(audio, seconds) {
        heard.untilMs = Math.max(heard.untilMs, time.nowMs) + seconds * 1_000
        heard.spoken += Buffer.from(audio).toString('base64')
      },
      finish: () => {
        cancel = time.after(Math.max(0, heard.untilMs - time.nowMs), () => {
          if (!lives()) return
          heard.whole = true
          ended(null)
          this.#turn()
        })
      },
      stop() {
        cancel()
        heard.untilMs = Math.min(heard.untilMs, time.nowMs)
      },
    }
  }

  #fetch(): void {
    const next = this.#wanted.find(({ sha256 }) => !this.#shelf.has(sha256))
    if (!next || this.#fetching || !this.isConnected) return
    this.#fetching = true
    const ms = this.#around.fetchMs()
    this.#around.time.after(ms ?? 30_000, () => {
      this.#fetching = false
      if (ms !== null && this.isConnected) {
        this.#shelf.add(next.sha256)
        this.does((agent) => agent.brought(next.sha256, null))
      }
      this.#fetch()
    })
  }

  #read(): Reading {
    const { nowMs } = this.#around.time
    return {
      wallMs: nowMs + this.wallOffMs,
      monoMs: 1_000 + (nowMs - this.#bootedMs) * (1 + this.drift),
      bootId: `boot ${this.#boots}`,
      rtcMs: this.rtcOffMs === null ? null : nowMs + this.rtcOffMs,
    }
  }
}
