import type { Accent } from '../../core/message/index.ts'
import type { OfferedVoice } from '../../core/speech/index.ts'
import type { Wave } from '../sounds/wave.ts'

export interface Saying {
  readonly accent: Accent
  /** 0.7 to 1.4; 1 is the pace of an announcer. */
  readonly speed: number
}

/** What comes of a sentence: a wave, or a file that `readSound` reads. */
export type Said = Wave | { readonly file: Uint8Array }

/** A machine that says a sentence (giọng máy). */
export interface Voice extends OfferedVoice {
  /** How many pieces it is asked for at once. */
  readonly atOnce: number
  /**
   * Says one piece of plain words in spoken form.
   *
   * @throws Refusal `speech.voice_…` when it cannot now
   */
  say(words: string, saying: Saying, signal: AbortSignal): Promise<Said>
}

/** What a voice might obey or stumble over instead of saying it: markup, marks of phonemes, characters that control. */
export function plainWords(words: string): string {
  return words
    .normalize('NFC')
    .replace(/[<>&[\]{}|\\^`~\p{C}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
