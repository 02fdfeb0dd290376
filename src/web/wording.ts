import { page } from '$app/state'
import { makeWords, type Words } from '#app/wording/words.ts'
import type { Language } from '#core/kernel/index.ts'

const files = import.meta.glob<Record<string, string>>('../../wording/*/*.json', { eager: true, import: 'default' })
const words: Record<Language, Words> = { vi: read('vi'), en: read('en') }

/** The sentences of a language, for load functions and form actions. */
export function wordsIn(language: Language): Words {
  return words[language]
}

/** The sentences of the page being rendered, for components. */
export function pageWords(): Words {
  return words[page.data.language === 'en' ? 'en' : 'vi']
}

function read(language: Language): Words {
  const own = Object.entries(files).filter(([path]) => path.includes(`/wording/${language}/`))
  return makeWords(language, Object.assign({}, ...own.map(([, sentences]) => sentences)))
}
