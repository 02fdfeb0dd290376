import { basename } from 'node:path'
import type { Accent } from '../../core/message/index.ts'
import type { Wave } from '../sounds/wave.ts'
import { warmThread } from '../threads/warm-thread.ts'
import type { Voice } from './voice.ts'

export interface ModelVoiceSettings {
  /** Folder with one `.onnx` file (VITS), its `tokens.txt` and, where it needs them, `lexicon.txt` or `espeak-ng-data`. */
  readonly folder: string
  readonly accents: readonly Accent[]
}

/** A neural voice on this machine by sherpa-onnx, which the operator installs: Loa brings neither program nor model. */
export function modelVoice({ folder, accents }: ModelVoiceSettings): Voice {
  const sayInThread = warmThread<{ folder: string; words: string; speed: number }, Wave>(
    new URL('./model-worker.ts', import.meta.url),
  )
  return {
    key: 'model',
    name: basename(folder),
    accents,
    atOnce: 1,
    say: (words, { speed }) => sayInThread({ folder, words, speed }),
  }
}
