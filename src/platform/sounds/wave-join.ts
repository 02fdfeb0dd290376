import type { Wave } from './wave.ts'

export function silence(rate: number, seconds: number): Wave {
  return { rate, samples: new Float32Array(Math.round(rate * seconds)) }
}

/** One sound after the other, at the rate of the first. */
export function joined(waves: readonly Wave[]): Wave {
  const rate = waves[0]?.rate ?? 44_100
  const parts = waves.map((wave) => atRate(wave, rate).samples)
  const samples = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    samples.set(part, at)
    at += part.length
  }
  return { rate, samples }
}

/** The same sound in other steps, straight between its samples: for the rare voice that changes its rate on the way. */
function atRate(wave: Wave, rate: number): Wave {
  if (wave.rate === rate) return wave
  const samples = new Float32Array(Math.round((wave.samples.length * rate) / wave.rate))
  for (let at = 0; at < samples.length; at += 1) {
    const there = (at * wave.rate) / rate
    const before = Math.floor(there)
    const [one = 0, other = one] = [wave.samples[before], wave.samples[before + 1]]
    samples[at] = one + (other - one) * (there - before)
  }
  return { rate, samples }
}
