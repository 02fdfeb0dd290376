import type { Accent } from '../../core/message/index.ts'
import type { NetworkPolicy } from '../http/index.ts'
import { builtInVoice } from './built-in-voice.ts'
import { httpVoice } from './http-voice.ts'
import { modelVoice } from './model-voice.ts'
import type { Voice } from './voice.ts'

export interface VoiceSettings {
  /** Address of a voice that is asked over HTTP; null: none. */
  readonly url: string | null
  /** Header sent to it, `Name: value`; a secret. */
  readonly header: string | null
  /** Folder of a model on this machine; null: none. */
  readonly modelFolder: string | null
  /** What the voice of that address or model speaks. */
  readonly accents: readonly Accent[]
}

/** The voices of an installation: those that the operator set up, before the one that is built in. */
export function openVoices(settings: VoiceSettings | null, policy: NetworkPolicy): Voice[] {
  if (settings === null) return [builtInVoice]
  const { url, header, modelFolder, accents } = settings
  return [
    ...(url === null ? [] : [httpVoice({ url, header, accents }, policy)]),
    ...(modelFolder === null ? [] : [modelVoice({ folder: modelFolder, accents })]),
    builtInVoice,
  ]
}
