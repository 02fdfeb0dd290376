import type { Words } from '#app/wording/words.ts'
import { languageOf } from '#core/message/index.ts'

/** The name of a language of messages for the reader of a page; one that has no words goes by its own name. */
export function languageWords(w: Words, tag: string): string {
  const key = `language_${tag}`
  return w.has(key) ? w(key) : languageOf(tag).ownName
}
