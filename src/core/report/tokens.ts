import { Refusal } from '../kernel/index.ts'

/** How a figure stands in a text: `{{f3}}`, `{{f3:number}}`, `{{f3:change}}`, `{{f3:plan}}`; a correction is `{{c1}}`. */
const TOKEN = /\{\{\s*([a-z]\d{1,4})(?::([a-z]+))?\s*\}\}/gu
const OPENING = /\{\{[^{}]{0,60}\}?\}?/u

export interface Token {
  readonly code: string
  /** Empty for the value with its unit. */
  readonly form: string
}

export function tokenOf({ code, form }: Token): string {
  return form === '' ? `{{${code}}}` : `{{${code}:${form}}}`
}

/** Those that a text holds, in their order, each as often as it stands. */
export function tokensIn(text: string): Token[] {
  return [...text.matchAll(TOKEN)].map(([, code = '', form = '']) => ({ code, form }))
}

/** The text with every token as its words; one that has none stays as it stands. Linear. */
export function printTokens(text: string, words: (token: Token) => string | null): string {
  return text.replace(
    TOKEN,
    (mark, code: string, form: string | undefined) => words({ code, form: form ?? '' }) ?? mark,
  )
}

export interface TokenRules {
  /** Whether a token can be printed. */
  readonly knows: (token: Token) => boolean
  /** Units of the catalogue: a number typed before one of them is a figure that nobody could open. */
  readonly units: readonly string[]
}

/** Words that make of an exact number a vague one. */
const HEDGES = ['hơn', 'gần', 'trên', 'khoảng', 'hàng', 'xấp xỉ']

/**
 * Why a text may not stand: a token that is none, a number typed by hand before a unit of the catalogue, or an exact
 * figure made vague by a word before it. Null when it may.
 */
export function whyNotText(text: string, { knows, units }: TokenRules): Refusal | null {
  const unknown = tokensIn(text).find((token) => !knows(token))
  if (unknown) return new Refusal('report.unknown_figure', { token: tokenOf(unknown) }, 'text')
  const left = OPENING.exec(text.replace(TOKEN, ''))
  if (left) return new Refusal('report.unknown_figure', { token: left[0] }, 'text')
  const typed = typedNumber(text.replace(TOKEN, '\u0000'), units)
  if (typed) return new Refusal('report.typed_number', { words: typed }, 'text')
  const hedged = new RegExp(`(?<!\\p{L})(?:${HEDGES.join('|')})\\s+\\{\\{[^{}]+\\}\\}`, 'iu').exec(text)
  return hedged ? new Refusal('report.hedged', { words: hedged[0] }, 'text') : null
}

/** The longest unit first, so that the words shown back are whole. */
function typedNumber(text: string, units: readonly string[]): string | null {
  const longestFirst = [...new Set(units)].sort((one, other) => other.length - one.length)
  const alternatives = longestFirst.map((unit) => unit.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&').replace(/ /gu, '\\s+'))
  if (alternatives.length === 0) return null
  const found = new RegExp(`(?<![\\p{L}\\d/.,-])\\d[\\d.,]*\\s*(?:${alternatives.join('|')})(?!\\p{L})`, 'iu').exec(
    text,
  )
  return found?.[0].trim() ?? null
}
