import type { Wave } from './wave.ts'

/** How well a voice stands out of its recording, before anything is done to it. */
export interface Clarity {
  /** Share of the samples that were cut off at the highest or lowest that the recorder takes. */
  readonly clipped: number
  /** By how many decibels what is said stands above what sounds between the words. */
  readonly overNoise: number
}

const FRAME_SECONDS = 0.03
/** Of the frames of speech a tenth is pause and breath, a tenth is its loudest. */
const [PAUSE_SHARE, SPEECH_SHARE] = [0.1, 0.9]
/** Below it a recorder gives nothing; a pause that is empty is as good as one this far down. */
const EMPTY = 10 ** (-90 / 20)

export function clarityOf(wave: Wave): Clarity {
  return { clipped: clippedShare(wave), overNoise: overNoise(wave) }
}

/** A crest that is touched by one sample or two is none that was cut off. */
const CUT_OFF_SAMPLES = 3
const FULL_SCALE = 0.99

function clippedShare({ samples }: Wave): number {
  let [clipped, run] = [0, 0]
  for (let at = 0; at <= samples.length; at += 1) {
    if (Math.abs(samples[at] ?? 0) >= FULL_SCALE) run += 1
    else {
      if (run >= CUT_OFF_SAMPLES) clipped += run
      run = 0
    }
  }
  return clipped / Math.max(1, samples.length)
}

function overNoise({ rate, samples }: Wave): number {
  const step = Math.max(1, Math.round(rate * FRAME_SECONDS))
  const levels: number[] = []
  for (let at = 0; at + step <= samples.length; at += step) levels.push(levelOf(samples.subarray(at, at + step)))
  levels.sort((one, other) => one - other)
  const levelAt = (share: number) => Math.max(EMPTY, levels[Math.floor(share * (levels.length - 1))] ?? 0)
  return 20 * Math.log10(levelAt(SPEECH_SHARE) / levelAt(PAUSE_SHARE))
}

function levelOf(samples: Float32Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  return Math.sqrt(sum / samples.length)
}
