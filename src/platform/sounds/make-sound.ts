import { clarityOf, type Clarity } from './clarity.ts'
import { TooLong } from './gather-sound.ts'
import { levelWave } from './level-wave.ts'
import { measureLoudness } from './loudness.ts'
import { readSound } from './read-sound.ts'
import type { SoundProfile } from './sound-profile.ts'
import { trimSilence } from './trim-silence.ts'
import { cutWave, type Wave } from './wave.ts'
import { writeMp3 } from './write-mp3.ts'

/** How to keep a sound. */
export interface SoundWish {
  /** Seconds from its beginning; null for the beginning. */
  readonly from: number | null
  /** Seconds from its beginning; null for the end. */
  readonly to: number | null
  /** Bring it to a level that carries from a pole. */
  readonly level: boolean
  /** Take the silence away from both ends. */
  readonly trim: boolean
  readonly profile: SoundProfile
}

export interface MadeSound {
  /** MP3, one voice. */
  readonly bytes: Uint8Array
  readonly seconds: number
  /** LUFS; −Infinity for silence. */
  readonly loudness: number
  /** dBTP, of the sound as it is kept. */
  readonly peak: number
}

/**
 * Reads, cuts, levels, measures and writes a sound anew: nothing but what is heard is left of its file. Null when unreadable.
 *
 * @throws TooLong
 */
export async function makeSound(bytes: Uint8Array, wish: SoundWish): Promise<(MadeSound & Clarity) | null> {
  const read = await readSound(bytes).catch((thrown: unknown) => {
    if (thrown instanceof TooLong) throw thrown
    return null // Whatever the decoder says: no sound that can be played.
  })
  if (!read) return null
  const cut = cutWave(read, wish.from, wish.to)
  const kept = (wish.trim ? trimSilence(cut) : null) ?? cut
  return { ...(await finished(kept, wish.level, wish.profile)), ...clarityOf(kept) }
}

/** A wave as it is kept: levelled where asked for, measured, written as MP3. */
export async function finished(given: Wave, level: boolean, profile: SoundProfile): Promise<MadeSound> {
  const { wave, loudness, peak } = level
    ? await levelWave(given, profile)
    : { wave: given, ...(await measureLoudness(given)) }
  return {
    bytes: await writeMp3(wave, profile),
    seconds: Math.round((wave.samples.length / wave.rate) * 100) / 100,
    loudness,
    peak,
  }
}
