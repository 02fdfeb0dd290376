import { basename } from 'node:path'
import { Refusal } from '../../core/kernel/index.ts'
import type { Accent } from '../../core/message/index.ts'
import type { Wave } from '../sounds/wave.ts'
import { warmProcess } from '../threads/warm-process.ts'
import type { Voice } from './voice.ts'

export interface ModelVoiceSettings {
  /** Folder with one `.onnx` file (VITS), its `tokens.txt` and, where it needs them, `lexicon.txt` or `espeak-ng-data`. */
  readonly folder: string
  readonly accents: readonly Accent[]
}

/**
 * A neural voice on this machine by sherpa-onnx, which the operator installs: Loa brings neither program nor model. It speaks in
 * a process of its own, since sherpa-onnx answers a model that it cannot use by ending the process that asked.
 */
export function modelVoice({ folder, accents }: ModelVoiceSettings): Voice {
  const sayInProcess = warmProcess<{ folder: string; words: string; speed: number }, Wave>(
    new URL('./model-worker.ts', import.meta.url),
  )
  const name = basename(folder)
  // One at a time: a sentence that ends the process takes no sentence of another speech with it.
  let turn: Promise<unknown> = Promise.resolve()
  return {
    key: 'model',
    name,
    accents,
    atOnce: 1,
    say(words, { speed }, signal) {
      const said = turn.then(() => {
        signal.throwIfAborted()
        return sayInProcess({ folder, words, speed }).catch((thrown: unknown) => {
          if (thrown instanceof Refusal) throw thrown
          throw new Refusal('speech.voice_failed', { voice: name, reason: reasonOf(thrown) })
        })
      })
      turn = said.catch(() => {})
      return said
    },
  }
}

/** For the administrator, as the program said it: one line. */
function reasonOf(thrown: unknown): string {
  return (thrown instanceof Error ? thrown.message : String(thrown)).split('\n', 1)[0] ?? ''
}
