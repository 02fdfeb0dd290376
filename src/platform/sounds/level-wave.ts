import { limitPeaks } from './limit-peaks.ts'
import { loudnessOf, truePeakOf, type Loudness } from './loudness.ts'
import type { SoundProfile } from './sound-profile.ts'
import type { Wave } from './wave.ts'

/** A sound below it has nothing in it to lift. */
const SILENCE_LUFS = -60
/** Nearer to the wanted loudness nobody hears a difference. */
const NEAR_LU = 0.5
/** The limiter sees half way between two samples; a meter sees nearer, and finds peaks a little higher. */
const LIMITED_BELOW_DB = 0.3
const MOST_ROUNDS = 4

/** Brings a sound to the loudness of a profile, its peaks held under the profile's ceiling, and says what came of it. */
export async function levelWave(
  given: Wave,
  profile: Pick<SoundProfile, 'lufs' | 'peak'>,
): Promise<Loudness & { readonly wave: Wave }> {
  let wave = given
  let loudness = await loudnessOf(wave)
  if (loudness <= SILENCE_LUFS) return { wave, loudness, peak: await truePeakOf(wave) }
  for (let round = 0; round < MOST_ROUNDS && Math.abs(profile.lufs - loudness) > NEAR_LU; round += 1) {
    const louder = amplified(wave, profile.lufs - loudness)
    wave = limitPeaks(louder, 10 ** ((profile.peak - LIMITED_BELOW_DB) / 20))
    // What is turned down at its peaks is quieter as a whole: the next round makes up for it.
    loudness = wave === louder ? profile.lufs : await loudnessOf(wave)
  }
  const peak = await truePeakOf(wave)
  const over = Math.max(0, peak - profile.peak)
  if (over === 0) return { wave, loudness, peak }
  return { wave: amplified(wave, -over), loudness: loudness - over, peak: profile.peak }
}

export function amplified({ rate, samples }: Wave, decibels: number): Wave {
  const factor = 10 ** (decibels / 20)
  const louder = new Float32Array(samples.length)
  // A loop where `map` would do: over minutes of sound it is three times as fast.
  for (let at = 0; at < samples.length; at += 1) louder[at] = (samples[at] ?? 0) * factor
  return { rate, samples: louder }
}
