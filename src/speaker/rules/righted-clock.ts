/** The clocks of a machine as they stand now. */
export interface Reading {
  /** What the machine takes the time to be, in ms since 1970; may be any nonsense. */
  readonly wallMs: number
  /** Counts on evenly from the machine's start, whatever becomes of the other. */
  readonly monoMs: number
  /** Another one after each start of the machine. */
  readonly bootId: string
  /** What the clock shows that goes on while the power is off, in ms since 1970; null where there is none. */
  readonly rtcMs: number | null
}

/** What is kept over a loss of power. */
export interface KeptClock {
  readonly bootId: string
  readonly monoMs: number
  /** The province's time at `monoMs`. */
  readonly provinceMs: number
  /** Wall clock less the province's time, when it was last known. */
  readonly offMs: number
  /** The clock that goes on without power less the province's time. */
  readonly rtcOffMs: number | null
}

interface Anchor {
  readonly monoMs: number
  readonly provinceMs: number
}

interface Question {
  readonly nonce: string
  readonly askedMonoMs: number
}

/** A clock that stood still for this long and more tells nothing. */
const LONGEST_OFF_MS = 90 * 86_400_000
/** After the machine's start it is waited so long for the province's word before its own clock is believed. */
const SETTLES_MS = 60_000
const JUMP_MS = 2_000
/** An answer that was this long on its way says too little. */
const SLOWEST_ANSWER_MS = 30_000

/**
 * The province's time, held by the even clock of the machine: its wall clock may jump as it likes while it runs.
 * Unknown after a start of the machine until the province says it, unless a clock with a battery has gone on.
 */
export class RightedClock {
  readonly #read: () => Reading
  readonly #kept: KeptClock | null
  readonly #begunMonoMs: number
  #anchor: Anchor | null = null
  #offMs: number
  #drift: number
  #question: Question | null = null
  #notBeforeMs: number

  /** `notBeforeMs`: a moment of which it is certain that it has passed, as that of the newest entry of the log. */
  constructor(read: () => Reading, kept: KeptClock | null, notBeforeMs: number) {
    const { wallMs, monoMs, bootId } = read()
    this.#read = read
    this.#kept = kept
    this.#begunMonoMs = monoMs
    this.#drift = wallMs - monoMs
    this.#offMs = kept?.offMs ?? 0
    this.#notBeforeMs = Math.max(notBeforeMs, kept?.provinceMs ?? 0)
    if (kept && kept.bootId === bootId && monoMs >= kept.monoMs) this.#anchor = kept
  }

  /** The province's time in ms, or null while it is not known. */
  now(): number | null {
    if (!this.#anchor) this.#believeOwn()
    return this.#anchor && this.#anchor.provinceMs + this.#read().monoMs - this.#anchor.monoMs
  }

  /** The time where it is known, else a moment that has surely passed: what is over by it is over. */
  atLeast(): number {
    return this.now() ?? this.#notBeforeMs
  }

  /** For the log: the time where it is known, else what the machine takes it to be, righted by what was known last. */
  guess(): number {
    return this.now() ?? Math.max(0, Math.round(this.#read().wallMs - this.#offMs))
  }

  /** Milliseconds by which the wall clock is before the province's. */
  offMs(): number {
    return Math.round(this.#offMs)
  }

  /** A message that the province signed was written by then. */
  heardOf(issuedAtMs: number): void {
    this.#notBeforeMs = Math.max(this.#notBeforeMs, issuedAtMs)
  }

  /** Whether the wall clock jumped since it was last looked at. */
  jumped(): boolean {
    const { wallMs, monoMs } = this.#read()
    const by = wallMs - monoMs - this.#drift
    if (Math.abs(by) < JUMP_MS) return false
    this.#drift += by
    this.#offMs += by
    return true
  }

  ask(nonce: string): void {
    this.#question = { nonce, askedMonoMs: this.#read().monoMs }
  }

  /** Takes the answer to the open question, and half of its way; answers whether it was one. */
  answered(nonce: string, provinceMs: number): boolean {
    const { wallMs, monoMs } = this.#read()
    if (!this.#question || this.#question.nonce !== nonce) return false
    const wayMs = monoMs - this.#question.askedMonoMs
    this.#question = null
    if (wayMs > SLOWEST_ANSWER_MS) return false
    this.#anchor = { monoMs, provinceMs: provinceMs + wayMs / 2 }
    this.#offMs = wallMs - this.#anchor.provinceMs
    this.#drift = wallMs - monoMs
    return true
  }

  /** Null while nothing is known that would be worth keeping. */
  kept(): KeptClock | null {
    const provinceMs = this.now()
    if (provinceMs === null) return this.#kept
    const { monoMs, bootId, rtcMs } = this.#read()
    return { bootId, monoMs, provinceMs, offMs: this.#offMs, rtcOffMs: rtcMs === null ? null : rtcMs - provinceMs }
  }

  #believeOwn(): void {
    const { monoMs, rtcMs } = this.#read()
    const rtcOffMs = this.#kept?.rtcOffMs ?? null
    if (rtcMs === null || rtcOffMs === null || monoMs - this.#begunMonoMs < SETTLES_MS) return
    const provinceMs = rtcMs - rtcOffMs
    // Before what has surely passed, or long after: it was reset, or its battery is dead.
    if (provinceMs < this.#notBeforeMs || provinceMs > this.#notBeforeMs + LONGEST_OFF_MS) return
    this.#anchor = { monoMs, provinceMs }
  }
}
