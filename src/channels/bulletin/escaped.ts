const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Words as they stand in HTML; none of them is taken for a mark that is filled in for each reader. */
export function escaped(words: string): string {
  return unmarked(words.replace(/[&<>"]/g, (letter) => ENTITIES[letter] ?? letter))
}

/** Words that are never taken for a mark: a letter without width stands between the braces. */
export function unmarked(words: string): string {
  return words.replaceAll('{{', '{\u200B{')
}
