import type { DropFolder } from '../core/bridge/index.ts'
import { openDropFolder } from '../platform/bridge/index.ts'
import type { Config } from '../platform/config/index.ts'
import { readWording } from './wording/read-wording.ts'
import { sentenceOf } from './wording/words.ts'

/** The folder that is shared with the program of a source-information system; null where none is set. */
export function bridgeDrop({ bridgeFolder, language }: Pick<Config, 'bridgeFolder' | 'language'>): DropFolder | null {
  if (bridgeFolder === null) return null
  const w = readWording(language)
  return openDropFolder(bridgeFolder, (refusal) => sentenceOf(w, refusal))
}
