declare module '@echogarden/espeak-ng-emscripten' {
  export interface EspeakEvent {
    readonly type: string
    readonly text_position: number
    readonly word_length: number
  }

  export interface EspeakWorker {
    /** 0 when the voice is known. */
    set_voice(name: string): number
    set_rate(wordsPerMinute: number): void
    get_samplerate(): number
    /** Calls back with pieces of the sound; an answer of true ends it. */
    synthesize(text: string, take: (samples: Int16Array, events: readonly EspeakEvent[]) => boolean): void
  }

  const open: () => Promise<{ readonly eSpeakNGWorker: new () => EspeakWorker }>
  export default open
}
