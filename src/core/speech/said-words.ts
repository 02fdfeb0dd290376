import { southernNumbers, spokenForm } from '../channel/index.ts'
import type { Accent } from '../message/index.ts'
import type { Pronunciation } from './pronunciation.store.ts'

/**
 * What a voice is given of a written text: its spoken form, with the words of the dictionary as they are read. A word
 * with signs or figures in it (`A/H5N1`) is looked up before numbers are said, any other after it; none twice. A voice of the
 * south counts as the south does.
 */
export function saidWords(
  text: string,
  pronunciations: readonly Pick<Pronunciation, 'word' | 'reading'>[],
  accent: Accent = 'north',
): string {
  const grown = pronunciations.filter(({ word }) => /[^\p{L}\s]/u.test(word))
  const plain = pronunciations.filter(({ word }) => !/[^\p{L}\s]/u.test(word))
  const dictionary = Object.fromEntries(grown.map(({ word, reading }) => [word, reading]))
  const spoken = spokenForm(text, { dictionary })
  return pronounced(accent === 'south' ? southernNumbers(spoken) : spoken, plain)
}

/** Each word of the dictionary as it is read, whole words alone, the longest first; a word in small letters also at the head of a sentence. */
function pronounced(text: string, pronunciations: readonly Pick<Pronunciation, 'word' | 'reading'>[]): string {
  const readings = new Map<string, string>()
  for (const { word, reading } of pronunciations) {
    readings.set(capital(word), readings.get(capital(word)) ?? capital(reading))
    readings.set(word, reading)
  }
  if (readings.size === 0) return text
  const words = [...readings.keys()].toSorted((one, other) => other.length - one.length)
  const known = new RegExp(String.raw`(?<![\p{L}\d])(?:${words.join('|')})(?![\p{L}\d])`, 'gu')
  return text.replace(known, (word) => readings.get(word) ?? word)
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
