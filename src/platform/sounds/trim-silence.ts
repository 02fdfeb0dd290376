import type { Wave } from './wave.ts'

const LOOKED_AT_SECONDS = 0.01
/** So much below the loudest moment nothing is said any more; a room's own noise lies lower. */
const BELOW_LOUDEST_DB = 40
const SILENCE_DBFS = -60

/** Takes the silence away from both ends, but for `left` seconds: a voice that begins at once is not understood. Null when all is silence. */
export function trimSilence({ rate, samples }: Wave, left = 0.15): Wave | null {
  const step = Math.max(1, Math.round(rate * LOOKED_AT_SECONDS))
  const levels: number[] = []
  for (let at = 0; at < samples.length; at += step) levels.push(levelOf(samples.subarray(at, at + step)))
  const loudest = levels.reduce((most, level) => Math.max(most, level), 0)
  const floor = Math.max(10 ** (SILENCE_DBFS / 20), loudest * 10 ** (-BELOW_LOUDEST_DB / 20))
  const first = levels.findIndex((level) => level > floor)
  if (first < 0) return null
  const last = levels.findLastIndex((level) => level > floor)
  const margin = Math.round(left * rate)
  return { rate, samples: samples.subarray(Math.max(0, first * step - margin), (last + 1) * step + margin) }
}

function levelOf(samples: Float32Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  return Math.sqrt(sum / Math.max(1, samples.length))
}
