/** One word or mark of a stretch of text, folded for comparison, with its place in the whole text. */
export interface Word {
  readonly folded: string
  readonly start: number
  readonly end: number
  /** Begins with a capital letter or a digit, as the words of a name do. */
  readonly capital: boolean
  /** Begins a line, but for the first of its stretch. */
  readonly newLine: boolean
}

const WORD = /[\p{L}\p{M}\p{N}]+|[^\s\p{Cf}]/gu
const OLD_TONES: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'òa oà',
    'óa oá',
    'ỏa oả',
    'õa oã',
    'ọa oạ',
    'òe oè',
    'óe oé',
    'ỏe oẻ',
    'õe oẽ',
    'ọe oẹ',
    'ùy uỳ',
    'úy uý',
    'ủy uỷ',
    'ũy uỹ',
    'ụy uỵ',
  ].map((pair) => pair.split(' ') as [string, string]),
)

/**
 * Lower case, one place for the tone mark (`hóa` = `hoá`, `ủy` = `uỷ`), one hyphen. Keeps the length of NFC
 * text, so that an offset in the folded text is an offset in the text.
 */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .replace(/[òóỏõọ][ae]|[ùúủũụ]y/gu, (pair) => OLD_TONES[pair] ?? pair)
    .replace(/[‐-―−]/gu, '-')
    .replace(/[“”„«»]/gu, '"')
    .replace(/[\s ]/gu, ' ')
}

export function wordsOf(text: string, start = 0, end = text.length): Word[] {
  const words: Word[] = []
  let behind = start
  for (const match of text.slice(start, end).matchAll(WORD)) {
    const raw = match[0]
    const at = start + match.index
    const first = raw.charAt(0)
    words.push({
      folded: fold(raw),
      start: at,
      end: at + raw.length,
      capital: first !== first.toLowerCase() || /\p{N}/u.test(first),
      newLine: text.slice(behind, at).includes('\n'),
    })
    behind = at + raw.length
  }
  return words
}

/** A set of phrases, found by their first word; the longest that stands at a place wins. */
export type Phrases = ReadonlyMap<string, readonly (readonly string[])[]>

/** One phrase a line or parted by commas. */
export function phrases(list: string): Phrases {
  const byFirst = new Map<string, string[][]>()
  for (const phrase of list.split(/[,\n]/u)) {
    const words = wordsOf(phrase).map((word) => word.folded)
    const first = words[0]
    if (first === undefined) continue
    const same = byFirst.get(first)
    if (same) same.push(words)
    else byFirst.set(first, [words])
  }
  for (const same of byFirst.values()) same.sort((a, b) => b.length - a.length)
  return byFirst
}

/** How many words the longest phrase standing at `at` has, 0 if none stands there. */
export function phraseAt(words: readonly Word[], at: number, known: Phrases): number {
  const first = words[at]
  const candidates = first && known.get(first.folded)
  if (!candidates) return 0
  for (const phrase of candidates) if (phrase.every((part, i) => words[at + i]?.folded === part)) return phrase.length
  return 0
}
