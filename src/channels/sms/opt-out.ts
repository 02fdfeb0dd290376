import { fold } from '../../core/kernel/index.ts'

/**
 * Whether a phone says that it wants no more: one of the words, with or without diacritics, alone or with one word after it,
 * as `HUY QC` or `DK DNC S`. More than that is a sentence about something else.
 */
export function asksToEnd(said: string, stopWords: string): boolean {
  const words = tokensOf(said)
  return stopWords.split(';').some((given) => {
    const stop = tokensOf(given)
    return stop.length > 0 && words.length - stop.length <= 1 && stop.every((word, at) => words[at] === word)
  })
}

function tokensOf(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
}
