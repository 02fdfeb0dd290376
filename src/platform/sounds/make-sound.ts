import { measureLoudness } from './loudness.ts'
import { readSound } from './read-sound.ts'
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

/** Speech is levelled to this, as podcasts and phones have it: 7 above television (EBU R 128), since villages are not quiet. */
const LEVEL_LUFS = -16
const HIGHEST_PEAK = -1
/** A sound below it has nothing in it to lift. */
const SILENCE_LUFS = -60

/** Reads, cuts, levels, measures and writes a sound anew: nothing but what is heard is left of its file. Null when unreadable. */
export async function makeSound(bytes: Uint8Array, wish: SoundWish): Promise<MadeSound | null> {
  const read = await readSound(bytes).catch(() => null) // Whatever the decoder says: no sound that can be played.
  if (!read) return null
  const cut = cutWave(read, wish.from, wish.to)
  const measured = await measureLoudness(cut)
  const gain = wish.level && measured.loudness > SILENCE_LUFS ? gainFor(measured) : 0
  const wave = gain === 0 ? cut : amplified(cut, gain)
  return {
    bytes: await writeMp3(wave),
    seconds: Math.round((wave.samples.length / wave.rate) * 100) / 100,
    loudness: measured.loudness + gain,
    peak: measured.peak + gain,
  }
}

/** Decibels that bring it to the level, less where its peaks would break. */
function gainFor({ loudness, peak }: { loudness: number; peak: number }): number {
  return Math.min(LEVEL_LUFS - loudness, HIGHEST_PEAK - peak)
}

function amplified({ rate, samples }: Wave, decibels: number): Wave {
  const factor = 10 ** (decibels / 20)
  return { rate, samples: samples.map((sample) => sample * factor) }
}
