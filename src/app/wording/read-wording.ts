import { readdirSync, readFileSync } from 'node:fs'
import type { Language } from '../../core/kernel/index.ts'
import { makeWords, type Words } from './words.ts'

const FOLDER = new URL('../../../wording/', import.meta.url)

/** All sentences of one language from `wording/`, for entries that run from sources: the command line and the worker. */
export function readWording(language: Language): Words {
  const folder = new URL(`${language}/`, FOLDER)
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  const parts = files.map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Record<string, string>)
  return makeWords(language, Object.assign({}, ...parts))
}
