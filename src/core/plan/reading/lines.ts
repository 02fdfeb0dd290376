/** One line of the text without its outer white space. Blank lines are kept: they part paragraphs. */
export interface Line {
  readonly start: number
  readonly end: number
  /** White space before `start`, in characters. */
  readonly indent: number
  readonly text: string
}

/** Line ends as LF, letters composed (NFC): the text that every span points into. */
export function plainText(raw: string): string {
  return raw.replace(/\r\n?|\u2028|\u2029/gu, '\n').normalize('NFC')
}

export function linesOf(text: string): Line[] {
  const lines: Line[] = []
  for (let from = 0; from <= text.length;) {
    const feed = text.indexOf('\n', from)
    const to = feed < 0 ? text.length : feed
    const raw = text.slice(from, to)
    const indent = raw.length - raw.trimStart().length
    const words = raw.trim()
    lines.push({ start: from + indent, end: from + indent + words.length, indent, text: words })
    from = to + 1
  }
  return lines
}

/**
 * The column at which a hard-wrapped text was broken; null where each paragraph is one line.
 * Proportional type breaks unevenly, so the answer is the column nine lines in ten stay within.
 */
export function wrapColumn(lines: readonly Line[]): number | null {
  const columns = lines.filter((line) => line.text.length > 30).map((line) => line.indent + line.text.length)
  if (columns.length < 4) return null
  columns.sort((a, b) => a - b)
  const nineInTen = columns[Math.floor(columns.length * 0.9)] ?? 0
  const longest = columns.at(-1) ?? 0
  return nineInTen <= 130 && longest <= nineInTen * 2.5 ? nineInTen : null
}

export function isCapitals(words: string): boolean {
  return /\p{Lu}\P{L}*\p{Lu}/u.test(words) && words === words.toUpperCase()
}

/** Ends like a sentence or an item of a list does. */
export function isEnded(words: string): boolean {
  return /[.:;!?…]["”’»)\]]*$/u.test(words)
}
