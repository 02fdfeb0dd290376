import type { Wave } from './wave.ts'

/** Long enough that a voice is turned down, not torn. */
const AHEAD_SECONDS = 0.005

/**
 * Holds a sound under a ceiling (1 is full scale): where a peak would go over it, the sound is turned down from a little
 * before to a little after, smoothly. Peaks between two samples count as the curve through their neighbours has them.
 */
export function limitPeaks(wave: Wave, ceiling: number): Wave {
  const { rate, samples } = wave
  const reach = Math.max(1, Math.round(rate * AHEAD_SECONDS))
  const wanted = gainsFor(samples, ceiling)
  if (wanted === null) return wave
  const gains = smoothed(lowest(wanted, reach), reach)
  for (let at = 0; at < samples.length; at += 1) gains[at] = (gains[at] ?? 1) * (samples[at] ?? 0)
  return { rate, samples: gains }
}

/** The gain each sample needs by itself; null where none needs any. */
function gainsFor(samples: Float32Array, ceiling: number): Float32Array | null {
  const gains = new Float32Array(samples.length).fill(1)
  let over = false
  for (let at = 0; at < samples.length; at += 1) {
    const here = Math.abs(samples[at] ?? 0)
    // The curve goes over its two neighbours by a quarter at most.
    if (here < ceiling * 0.7 && Math.abs(samples[at + 1] ?? 0) < ceiling * 0.7) continue
    const high = Math.max(here, Math.abs(between(samples, at)))
    if (high <= ceiling) continue
    over = true
    gains[at] = ceiling / high
  }
  return over ? gains : null
}

/** Half way to the next sample, on the cubic through four. */
function between(samples: Float32Array, at: number): number {
  const [a, b, c, d] = [samples[at - 1] ?? 0, samples[at] ?? 0, samples[at + 1] ?? 0, samples[at + 2] ?? 0]
  return (9 * (b + c) - a - d) / 16
}

/** The least of all within `reach` on both sides, by a queue of candidates. */
function lowest(values: Float32Array, reach: number): Float32Array {
  const out = new Float32Array(values.length)
  const queue = new Int32Array(values.length)
  let [head, tail] = [0, 0]
  for (let at = 0; at < values.length + reach; at += 1) {
    if (at < values.length) {
      while (tail > head && (values[queue[tail - 1] ?? 0] ?? 1) >= (values[at] ?? 1)) tail -= 1
      queue[tail++] = at
    }
    const here = at - reach
    if (here < 0) continue
    while ((queue[head] ?? 0) < here - reach) head += 1
    out[here] = values[queue[head] ?? 0] ?? 1
  }
  return out
}

/** The mean over `reach` on both sides: never above what `lowest` allows at the peak itself. */
function smoothed(values: Float32Array, reach: number): Float32Array {
  const out = new Float32Array(values.length)
  const valueAt = (at: number) => values[Math.min(values.length - 1, Math.max(0, at))] ?? 1
  let sum = 0
  for (let at = -reach; at <= reach; at += 1) sum += valueAt(at)
  for (let at = 0; at < values.length; at += 1) {
    out[at] = sum / (2 * reach + 1)
    sum += valueAt(at + reach + 1) - valueAt(at - reach)
  }
  return out
}
