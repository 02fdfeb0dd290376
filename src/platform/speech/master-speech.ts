import { chimeIn, chimeOut } from '../sounds/chime.ts'
import { amplified } from '../sounds/level-wave.ts'
import { loudnessOf } from '../sounds/loudness.ts'
import { finished, type MadeSound } from '../sounds/make-sound.ts'
import { readSound } from '../sounds/read-sound.ts'
import type { SoundProfile } from '../sounds/sound-profile.ts'
import { trimSilence } from '../sounds/trim-silence.ts'
import { joined, silence } from '../sounds/wave-join.ts'
import type { Wave } from '../sounds/wave.ts'
import type { Said } from './voice.ts'

export interface SaidPiece {
  readonly said: Said
  /** Seconds of silence behind it. */
  readonly pause: number
}

export interface MasterWish {
  readonly pieces: readonly SaidPiece[]
  readonly chime: boolean
  readonly profile: SoundProfile
}

/** Between the chime and the words. */
const BREATH_SECONDS = 0.4
/** A chime calls; it must not be louder than what it calls to. */
const CHIME_PEAK_DBFS = -12
/** Before and behind what is heard: a player of a station swallows the first moment. */
const EDGE_SECONDS = 0.2

/**
 * Makes one finished sound of pieces: each without the silence of its voice, with ours between; levelled, a chime before and
 * behind, MP3 by the profile. Null when a piece cannot be read, or nothing is heard in any.
 */
export async function masterSpeech({ pieces, chime, profile }: MasterWish): Promise<MadeSound | null> {
  const waves: Wave[] = []
  for (const { said, pause } of pieces) {
    const wave = 'file' in said ? await readSound(said.file).catch(() => null) : said
    if (!wave) return null
    const heard = trimSilence(wave, 0.03)
    if (heard) waves.push(heard, silence(wave.rate, pause))
  }
  if (waves.length === 0) return null
  const words = joined(waves.slice(0, -1))
  const edge = silence(words.rate, EDGE_SECONDS)
  if (!chime) return finished(joined([edge, words, edge]), true, profile)
  const breath = silence(words.rate, BREATH_SECONDS)
  // The whole is levelled once, so that the chime is made to the words as they are now.
  const toPeak = CHIME_PEAK_DBFS - (profile.lufs - (await loudnessOf(words)))
  const [before, behind] = [chimeIn, chimeOut].map((ring) => amplified(ring(words.rate), toPeak))
  const whole = joined([edge, ...(before ? [before] : []), breath, words, breath, ...(behind ? [behind] : []), edge])
  return finished(whole, true, profile)
}
