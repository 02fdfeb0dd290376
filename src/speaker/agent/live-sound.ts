import type { Speech } from './ports.ts'

/** In ms. Where nothing sounds a part waits so long for the next, so that a line that stutters is not heard to do so. */
const LEAD_MS = 1_000
/** A speech of which nothing has sounded for so long, and nothing has come, is over. */
const LONGEST_SILENCE_MS = 15_000

interface Part {
  readonly audio: Uint8Array
  readonly seconds: number
}

/** What is left of a part when it is known to be one: its place in the speech, and its sound. */
export interface LivePart extends Part {
  readonly part: number
}

/** A speech that sounds while it comes, part by part: knows how much of it was heard and what is lacking. */
export class LiveSound {
  readonly #speech: Speech
  /** What came while nothing sounded, until when it waits. */
  #waiting: Part[] = []
  #waitsUntilMs: number | null = null
  #givenMs = 0
  /** By then all that was given has sounded. */
  #untilMonoMs: number
  #cameMonoMs: number
  #last: number
  readonly #cameLate: boolean
  #lost = false
  finished = false

  constructor(speech: Speech, first: LivePart, monoMs: number) {
    this.#speech = speech
    this.#untilMonoMs = this.#cameMonoMs = monoMs
    this.#cameLate = first.part > 1
    this.#last = first.part - 1
    this.push(first, monoMs)
  }

  push({ part, audio, seconds }: LivePart, monoMs: number): void {
    if (part <= this.#last || this.finished) return
    if (part > this.#last + 1) this.#lost = true
    this.#last = part
    this.#cameMonoMs = monoMs
    if (audio.length === 0) return
    if (this.#waitsUntilMs === null && monoMs >= this.#untilMonoMs) this.#waitsUntilMs = monoMs + LEAD_MS
    if (this.#waitsUntilMs === null) this.#give({ audio, seconds }, monoMs)
    else this.#waiting.push({ audio, seconds })
  }

  /** Nothing comes any more: what has come sounds to its end. */
  finish(monoMs: number): void {
    if (this.finished) return
    this.finished = true
    this.#giveWaiting(monoMs)
    this.#speech.finish()
  }

  stop(): void {
    this.#speech.stop()
  }

  /** Lets sound what has waited; answers in how many ms to look again, null when it has been silent for too long. */
  look(monoMs: number): number | null {
    if (this.#waitsUntilMs !== null && monoMs >= this.#waitsUntilMs) this.#giveWaiting(monoMs)
    if (this.#waitsUntilMs !== null) return this.#waitsUntilMs - monoMs
    const silentMs = this.endsMonoMs + LONGEST_SILENCE_MS - monoMs
    return silentMs <= 0 ? null : silentMs
  }

  /** When all that has come will have sounded. */
  get endsMonoMs(): number {
    return Math.max(this.#untilMonoMs, this.#cameMonoMs)
  }

  /** How much of it has sounded, in ms. */
  heardMs(monoMs: number): number {
    return this.#givenMs - Math.max(0, this.#untilMonoMs - monoMs)
  }

  /** What is lacking of it: empty where it was heard from its first part on without a gap. */
  get lacks(): '' | 'came_late' | 'parts_lost' {
    return this.#cameLate ? 'came_late' : this.#lost ? 'parts_lost' : ''
  }

  #giveWaiting(monoMs: number): void {
    this.#waitsUntilMs = null
    for (const part of this.#waiting.splice(0)) this.#give(part, monoMs)
  }

  #give({ audio, seconds }: Part, monoMs: number): void {
    this.#untilMonoMs = Math.max(monoMs, this.#untilMonoMs) + seconds * 1_000
    this.#givenMs += seconds * 1_000
    this.#speech.push(audio, seconds)
  }
}
