import { limitPeaks } from './limit-peaks.ts'
import { loudnessOf } from './loudness.ts'
import { soundProfile } from './sound-profile.ts'

/** What was said last tells how loud a voice is. */
const LISTENS_SECONDS = 10
/** LUFS. Below it nobody speaks, and nothing is lifted. */
const SILENCE_LUFS = -50
/** dB: a room is not lifted into a roar, nor is a voice heard to be turned. */
const MOST_DB = 14
const LEAST_DB = -10
const STEP_DB = 3
/** The limiter sees half way between two samples: so much below the ceiling it stays under it. */
const LIMITED_BELOW_DB = 0.3

/** Brings a voice near the loudness of all other sounds while it speaks: slowly, its peaks held. */
export class LiveLevel {
  readonly #rate: number
  #last = new Float32Array()
  #gain = 0

  constructor(rate: number) {
    this.#rate = rate
  }

  async next(samples: Float32Array): Promise<Float32Array> {
    const { lufs, peak } = soundProfile()
    const before = this.#gain
    this.#listen(samples)
    const loudness = await loudnessOf({ rate: this.#rate, samples: this.#last })
    if (loudness > SILENCE_LUFS) this.#gain = towards(before, between(LEAST_DB, lufs - loudness, MOST_DB))
    const turned = samples.map((sample, at) => sample * factor(before + ((this.#gain - before) * at) / samples.length))
    return limitPeaks({ rate: this.#rate, samples: turned }, factor(peak - LIMITED_BELOW_DB)).samples
  }

  #listen(samples: Float32Array): void {
    const most = this.#rate * LISTENS_SECONDS
    const all = new Float32Array(this.#last.length + samples.length)
    all.set(this.#last)
    all.set(samples, this.#last.length)
    this.#last = all.subarray(Math.max(0, all.length - most)).slice()
  }
}

function towards(gain: number, wanted: number): number {
  return gain + between(-STEP_DB, wanted - gain, STEP_DB)
}

function between(least: number, value: number, most: number): number {
  return Math.max(least, Math.min(most, value))
}

function factor(decibels: number): number {
  return 10 ** (decibels / 20)
}
