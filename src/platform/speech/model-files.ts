import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '../../core/kernel/index.ts'

export interface ModelFiles {
  readonly model: string
  readonly tokens: string
  /** Rules of eSpeak NG: any word can be said by them; empty: the model has none. */
  readonly dataDir: string
  /** Words that the model knows, one a line, with how each is said; empty: the model goes by letters, or by `dataDir`. */
  readonly lexicon: string
}

export async function findModelFiles(folder: string): Promise<ModelFiles> {
  const files: readonly string[] = await readdir(folder).catch(() => [])
  const [model, ...others] = files.filter((name) => name.endsWith('.onnx'))
  if (!model || others.length > 0 || !files.includes('tokens.txt'))
    throw new Refusal('speech.voice_no_model', { folder })
  const within = (name: string) => (files.includes(name) ? join(folder, name) : '')
  return {
    model: within(model),
    tokens: within('tokens.txt'),
    dataDir: within('espeak-ng-data'),
    lexicon: within('lexicon.txt'),
  }
}

/**
 * Words as the model can take them, all of them or none: sherpa-onnx leaves out what it does not know without a word, and makes
 * small letters of A to Z alone, so that a “Đ” would not be heard.
 *
 * @returns a function that throws Refusal `speech.voice_cannot_say`, naming the words
 */
export async function wordsFor({ tokens, dataDir, lexicon }: ModelFiles): Promise<(words: string) => string> {
  if (dataDir) return (words) => words
  const known = new Set(entriesOf(await readFile(lexicon || tokens, 'utf8')))
  const isKnown = (word: string) => known.has(word) || (!lexicon && [...word].every((letter) => known.has(letter)))
  return (words) => {
    const small = words.toLowerCase()
    const unknown = (small.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).filter((word) => !isKnown(word))
    if (unknown.length > 0) throw new Refusal('speech.voice_cannot_say', { words: [...new Set(unknown)].join(', ') })
    return small
  }
}

/** What stands first in each line, in small letters. */
function entriesOf(list: string): string[] {
  return list.split('\n').flatMap((line) => line.trim().split(/\s+/, 1)[0]?.toLowerCase() || [])
}
