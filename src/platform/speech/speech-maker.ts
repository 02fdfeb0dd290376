import { Refusal } from '../../core/kernel/index.ts'
import type { MadeSpeech, SpeechMaker, SpeechWatch, SpeechWish } from '../../core/speech/index.ts'
import type { MadeSound } from '../sounds/make-sound.ts'
import type { SoundProfile } from '../sounds/sound-profile.ts'
import { inThread } from '../threads/in-thread.ts'
import type { MasterWish, SaidPiece } from './master-speech.ts'
import { piecesOf } from './pieces.ts'
import type { Voice } from './voice.ts'

interface MakerOptions {
  /** The first one is offered first, and stands in for another where that is allowed. */
  readonly voices: readonly Voice[]
  /** Key of the voice that speaks when another one cannot; null: then it is refused, and a person sees why. */
  readonly standIn: string | null
  readonly profile: () => SoundProfile
}

/** Has words said piece by piece, so that it is seen how far it is and can be stopped; then finishes the sound in a thread. */
export function speechMaker({ voices, standIn, profile }: MakerOptions): SpeechMaker {
  const other = voices.find(({ key }) => key === standIn)
  return {
    voices: () => voices.map(({ key, name, accents }) => ({ key, name, accents })),
    async make(words, wish, watch) {
      const voice = voices.find(({ key }) => key === wish.voice)
      if (!voice) throw new Refusal('speech.no_such_voice')
      try {
        return await makeWith(voice, words, wish, watch, profile())
      } catch (thrown) {
        if (!other || other === voice || watch.signal.aborted || !(thrown instanceof Refusal)) throw thrown
        // From the beginning: half of it in one voice and half in another is nothing to play.
        return makeWith(other, words, wish, watch, profile())
      }
    },
  }
}

async function makeWith(
  voice: Voice,
  words: string,
  { accent, speed, chime }: SpeechWish,
  { signal, onProgress }: SpeechWatch,
  profile: SoundProfile,
): Promise<MadeSpeech> {
  const pieces = piecesOf(words)
  if (pieces.length === 0) throw new Refusal('speech.no_words')
  const said: SaidPiece[] = []
  for (let at = 0; at < pieces.length; at += voice.atOnce) {
    signal.throwIfAborted()
    const asked = pieces.slice(at, at + voice.atOnce).map(async ({ words: piece, pause }) => {
      return { said: await voice.say(piece, { accent, speed }, signal), pause: pause / speed }
    })
    said.push(...(await Promise.all(asked)))
    await onProgress(said.length, pieces.length)
  }
  signal.throwIfAborted()
  const wish: MasterWish = { pieces: said, chime, profile }
  const made = await inThread<MadeSound | null>(new URL('./master-worker.ts', import.meta.url), wish)
  if (!made) throw new Refusal('speech.voice_broken', { host: voice.name })
  const { bytes, seconds, loudness, peak } = made
  const hundredths = (value: number) => Math.round(value * 100) / 100
  const speech = { voice: voice.name, accent, speed, chime }
  return { bytes, seconds, loudness: hundredths(loudness), peak: hundredths(peak), speech }
}
