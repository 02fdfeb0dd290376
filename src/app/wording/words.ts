import IntlMessageFormat from 'intl-messageformat'
import { dayWords, type Language, type Refusal } from '../../core/kernel/index.ts'

export type WordFacts = Readonly<Record<string, string | number | boolean | null | undefined>>
/** Flat keys with ICU MessageFormat sentences, as they stand in `wording/<language>/<slice>.json`. */
export type Catalogue = Readonly<Record<string, string>>

export interface Words {
  readonly language: Language
  /** The sentence of a key in this language. @throws Error naming a key that no catalogue has. */
  (key: string, facts?: WordFacts): string
  has(key: string): boolean
}

/** A reader over one language's sentences. Each sentence is parsed once, when it is first asked for. */
export function makeWords(language: Language, catalogue: Catalogue): Words {
  const parsed = new Map<string, IntlMessageFormat>()
  const locale = language === 'vi' ? 'vi-VN' : 'en-GB'
  const read = (key: string, facts: WordFacts = {}) => {
    let sentence = parsed.get(key)
    if (!sentence) {
      const text = catalogue[key]
      if (text === undefined) throw new Error(`No words for ${key} in ${language}: add it to wording/${language}/`)
      sentence = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true })
      parsed.set(key, sentence)
    }
    return String(sentence.format(facts))
  }
  return Object.assign(read, { language, has: (key: string) => Object.hasOwn(catalogue, key) })
}

/** The sentence of a refusal; one without words says its code, so that nothing is ever silent. */
export function sentenceOf(w: Words, refusal: Pick<Refusal, 'code' | 'facts'>): string {
  const key = `refusal_${refusal.code.replaceAll('.', '_')}`
  if (w.has(key)) return w(key, Object.fromEntries(Object.entries(refusal.facts).map(inWords)))
  return refusal.code.startsWith('input.') ? w('refusal_input_other') : w('refusal_unnamed', { code: refusal.code })
}

/** A day among the facts is said as readers write it: `2026-09-02` → `02/9/2026`. */
function inWords([name, value]: [string, string | number]): [string, string | number] {
  const isDate = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
  return [name, isDate ? dayWords(value) : value]
}
