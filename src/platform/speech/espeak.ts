import Espeak from '@echogarden/espeak-ng-emscripten'
import type { Accent } from '../../core/message/index.ts'
import type { Wave } from '../sounds/wave.ts'
import type { Saying } from './voice.ts'

/** Names of eSpeak NG for the accents. */
const TAGS = { north: 'vi', central: 'vi-vn-x-central', south: 'vi-vn-x-south' } as const satisfies Record<
  Accent,
  string
>
/** “Words a minute” of eSpeak NG at which announcers of the north read, some 190 syllables: measured over our own bulletins. */
const ANNOUNCER_RATE = 135

export interface EspeakEvent {
  readonly type: string
  readonly text_position: number
  readonly word_length: number
  /** Of a phoneme its sound in the alphabet of phonetics, empty between words; of other events a number. */
  readonly id?: string | number
}

/** One eSpeak NG for a thread; it keeps its state between calls, so each call sets all of it. */
export interface Espeaker {
  say(words: string, saying: Saying): Wave & { readonly events: readonly EspeakEvent[] }
}

export async function openEspeak(): Promise<Espeaker> {
  const { eSpeakNGWorker } = await Espeak()
  const espeak = new eSpeakNGWorker()
  return {
    say(words, { accent, speed }) {
      if (espeak.set_voice(TAGS[accent]) !== 0) throw new Error(`eSpeak NG has no voice ${TAGS[accent]}`)
      espeak.set_rate(Math.round(ANNOUNCER_RATE * speed))
      const parts: Int16Array[] = []
      const events: EspeakEvent[] = []
      espeak.synthesize(words, (samples, found) => {
        parts.push(samples)
        events.push(...found)
        return false
      })
      return { rate: espeak.get_samplerate(), samples: asFloats(parts), events }
    },
  }
}

function asFloats(parts: readonly Int16Array[]): Float32Array {
  const samples = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    for (const sample of part) samples[at++] = sample / 0x8000
  }
  return samples
}
