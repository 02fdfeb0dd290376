/** Nobody reads a line in less. */
const LEAST_LINE_SECONDS = 2
const MOST_SECONDS = 600

/**
 * Words as lines of a board: upper and lower case and every mark stay (NFC), and no line has more letters than it can show.
 * They are parted between words; a word that is longer than a line, as hardly any is, is cut.
 */
export function linesFor(words: string, letters: number | null): string[] {
  const lines = words
    .normalize('NFC')
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter(Boolean)
  return letters === null ? lines : lines.flatMap((line) => wrapped(line, letters))
}

/** How long a turn takes in which each of so many lines is read. */
export function secondsOf(seconds: number, lines: number): number {
  return Math.min(MOST_SECONDS, Math.max(seconds, lines * LEAST_LINE_SECONDS))
}

function wrapped(line: string, letters: number): string[] {
  const lines: string[] = []
  for (const word of line.split(' ').flatMap((one) => cut(one, letters))) {
    const last = lines.at(-1)
    if (last !== undefined && lengthOf(last) + 1 + lengthOf(word) <= letters)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

function cut(word: string, letters: number): string[] {
  const all = [...word]
  const pieces = Math.ceil(all.length / letters)
  return Array.from({ length: pieces }, (_, at) => all.slice(at * letters, (at + 1) * letters).join(''))
}

const lengthOf = (words: string) => [...words].length
