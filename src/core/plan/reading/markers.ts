import type { BlockKind } from './ground.ts'

/** What may be a marker at the start of a line; whether it is one, the numbering around it decides. */
export interface MarkerSeen {
  readonly kind: Exclude<BlockKind, 'paragraph'>
  /** As printed, without its punctuation. */
  readonly marker: string
  /** 1 for the first of its kind: `I`, `1`, `a`, `Phần thứ nhất`; 0 for a bullet. */
  readonly value: number
  /** For `2.1`: `2`. */
  readonly prefix: string
  /** Characters from the start of the line to the words after the marker. */
  readonly length: number
}

const ROMAN: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10 }
const VIETNAMESE = 'abcdđeghiklmnopqrstuvxy'
const ORDINALS = ['nhất', 'hai', 'ba', 'tư', 'năm', 'sáu', 'bảy', 'tám', 'chín', 'mười']

const NAMED = /^(phần|chương|mục)\s+(?:thứ\s+(\p{L}+)|([ivx]{1,6}|\d{1,2}|[a-hđ])(?![\p{L}\p{N}]))\s*([.:–—\-/)]*)\s*/u
const ARTICLE = /^(điều\s+(\d{1,3}[a-zđ]?))\s*[.:–—-]+\s*/u
const ROMAN_MARK = /^([IVX]{1,6})\s?(?:[.):](?=\s|\p{Lu}|["“]|$)|[-–—/](?=\s|\p{Lu}|["“]|$))[.:]?\s*/u
const ROMAN_DOTTED = /^([IVX]{1,6}(?:\.\d{1,2}){1,3})[.):/]?\s+(?=\p{Lu}|["“])/u
const CAPITAL = /^([A-HĐK-UY])\s?[.)/–-](?=\s|\p{Lu}|$)\s*/u
const DOTTED = /^(\d{1,2}(?:\.\d{1,2}){1,4})(?:\s?[.):/]\s*(?=[\p{L}"“(]|$)|\s?[-–]\s*(?=\p{Lu})|\s+(?=[\p{Lu}"“])|$)/u
const NUMBER = /^(\d{1,3})(?:\s?[.](?!\d)\s*|\s?[-–—/:]\s*(?=[\p{Lu}"“]))/u
const PARENTHESIS = /^\(?(\d{1,2})\)(?!\d)\s*/u
const LETTER = /^\(?([a-zđ])\s?(?:\)|[.](?=\s|\p{Lu})|[/–-](?=\s|\p{Lu}))\s*/u
const BULLET = /^([-–—•+*·●▪■◦‣►➢➤✓○□❖\uF000-\uF0FF])(?!\1)\s*(?=[^\s\-–—*+=_|])/u

/** The marker candidate at the start of `line` (trimmed), `folded` being the same stretch folded. */
export function markerOf(line: string, folded: string): MarkerSeen | null {
  return named(line, folded) ?? article(line, folded) ?? numbered(line) ?? bullet(line)
}

function named(line: string, folded: string): MarkerSeen | null {
  const match = NAMED.exec(folded)
  if (!match) return null
  const [whole, word, ordinal, sign = '', punctuation] = match
  const after = line.charAt(whole.length)
  // `Phần I của kế hoạch` goes on: a marker is alone on its line, punctuated, or followed by a capital.
  if (after !== '' && punctuation === '' && after === after.toLowerCase()) return null
  const value = ordinal === undefined ? valueOf(sign) : ORDINALS.indexOf(ordinal) + 1
  if (value < 1 || /^\p{Ll}/u.test(line)) return null
  const marker = line
    .slice(0, whole.length)
    .replace(/[\s.:–—\-/)]+$/u, '')
    .replace(/\s+/gu, ' ')
  const kind = word === 'phần' ? 'part' : word === 'chương' ? 'chapter' : 'section'
  return { kind, marker, value, prefix: '', length: whole.length }
}

function article(line: string, folded: string): MarkerSeen | null {
  const match = ARTICLE.exec(folded)
  if (!match || /^\p{Ll}/u.test(line)) return null
  const words = line.slice(0, match[1]?.length ?? 0).replace(/\s+/gu, ' ')
  return {
    kind: 'article',
    marker: words,
    value: Number.parseInt(match[2] ?? '', 10),
    prefix: '',
    length: match[0].length,
  }
}

function numbered(line: string): MarkerSeen | null {
  const romanDotted = ROMAN_DOTTED.exec(line)
  if (romanDotted) return dotted(romanDotted)
  const roman = ROMAN_MARK.exec(line)
  if (roman) {
    const value = valueOf((roman[1] ?? '').toLowerCase())
    return value > 0 ? seen('roman', roman, value) : null
  }
  const points = DOTTED.exec(line)
  if (points) return dotted(points)
  const number = NUMBER.exec(line)
  if (number) return seen('number', number, Number(number[1]))
  const parenthesis = PARENTHESIS.exec(line)
  if (parenthesis) return seen('parenthesis', parenthesis, Number(parenthesis[1]))
  const capital = CAPITAL.exec(line)
  if (capital) return seen('capital', capital, valueOf((capital[1] ?? '').toLowerCase()))
  const letter = LETTER.exec(line)
  return letter ? seen('letter', letter, valueOfLetter(letter[1] ?? '')) : null
}

function bullet(line: string): MarkerSeen | null {
  const match = BULLET.exec(line)
  if (!match || (match[1] === '+' && /^\d/u.test(line.slice(match[0].length)))) return null
  return seen('bullet', match, 0)
}

function dotted(match: RegExpExecArray): MarkerSeen {
  const marker = match[1] ?? ''
  const at = marker.lastIndexOf('.')
  return {
    kind: 'dotted',
    marker,
    value: Number(marker.slice(at + 1)),
    prefix: marker.slice(0, at),
    length: match[0].length,
  }
}

function seen(kind: MarkerSeen['kind'], match: RegExpExecArray, value: number): MarkerSeen {
  return { kind, marker: match[1] ?? '', value, prefix: '', length: match[0].length }
}

/** `iv` is 4, `12` is 12, `b` is 2; 0 for what is no number in either script. */
function valueOf(sign: string): number {
  if (/^\d+$/u.test(sign)) return Number(sign)
  return /^[ivx]+$/u.test(sign) ? romanValue(sign) : valueOfLetter(sign)
}

/** 0 for what Romans would not have written, as `vx` or `iiii`. */
export function romanValue(sign: string): number {
  if (!/^x{0,3}(?:ix|iv|v?i{0,3})$/u.test(sign)) return 0
  let value = 0
  for (let i = 0; i < sign.length; i += 1) {
    const own = ROMAN[sign.charAt(i)] ?? 0
    value += own < (ROMAN[sign.charAt(i + 1)] ?? 0) ? -own : own
  }
  return value
}

/** Place in the Vietnamese alphabet of lists: a b c d đ e g h i k l m n o p q r s t u v x y. Foreign letters: the place before. */
export function valueOfLetter(letter: string): number {
  const at = VIETNAMESE.indexOf(letter)
  if (at >= 0) return at + 1
  const before = [...VIETNAMESE].filter((one) => one < letter && one !== 'đ').at(-1)
  return before === undefined ? 0 : VIETNAMESE.indexOf(before) + 1
}
