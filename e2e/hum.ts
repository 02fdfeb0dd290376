import { buildWav } from '../src/platform/sounds/wav.build.ts'

/** Somebody hums for so many seconds: a wave whose loudness swells as syllables do. With a gain the recorder cuts it off. */
export function hum(seconds: number, gain = 1): Buffer {
  const rate = 16_000
  const wave = Float32Array.from({ length: seconds * rate }, (_, at) => {
    const swell = 0.55 + 0.45 * Math.sin((2 * Math.PI * 3 * at) / rate)
    return Math.max(-1, Math.min(1, gain * 0.366 * swell * Math.sin((2 * Math.PI * 220 * at) / rate)))
  })
  return Buffer.from(buildWav(wave, rate))
}
