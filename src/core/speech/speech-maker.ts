import type { Accent, MachineVoice } from '../message/index.ts'

/** What turns words into a finished sound; the platform implements it, in worker threads. */
export interface SpeechMaker {
  /** The voices of this installation, the one that is offered first in front. */
  voices(): readonly OfferedVoice[]
  /**
   * Says words that are in spoken form already. Markup in them is no command: it is not obeyed.
   *
   * @throws Refusal `speech.no_words` where nothing can be said, `speech.voice_…` when a voice answers none; the reason of
   *   `signal` when it is stopped
   */
  make(words: string, wish: SpeechWish, watch: SpeechWatch): Promise<MadeSpeech>
}

export interface OfferedVoice {
  readonly key: string
  readonly name: string
  readonly accents: readonly Accent[]
}

export interface SpeechWish {
  readonly voice: string
  readonly accent: Accent
  readonly speed: number
  readonly chime: boolean
}

export interface SpeechWatch {
  readonly signal: AbortSignal
  /** Called after each piece of the text, and awaited. */
  onProgress(done: number, pieces: number): Promise<void> | void
}

export interface MadeSpeech {
  /** MP3, one voice. */
  readonly bytes: Uint8Array
  readonly seconds: number
  /** LUFS and dBTP. */
  readonly loudness: number
  readonly peak: number
  /** The voice that spoke: another than was asked for where the installation allows that one stands in. */
  readonly speech: MachineVoice
}

let maker: SpeechMaker | null = null

/** Says what makes speech; the app calls it once. */
export function makeSpeechWith(given: SpeechMaker): void {
  maker = given
}

export function speechMaker(): SpeechMaker {
  if (!maker) throw new Error('Nothing speaks yet: call makeSpeechWith() when the app is opened')
  return maker
}
