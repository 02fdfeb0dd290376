import type { Clause, DocumentHead, Register, Span } from './reading.ts'

/**
 * One paragraph of the document body with its marker: what the clause tree is made of, flat and in document order.
 * Offsets are code units of `Ground.text`; hard-wrapped lines are inside one block, so a slice may hold line feeds.
 */
export interface Block {
  /** Markers from the top, as in `Clause.path`; the last one is this block's own, '' for an unmarked paragraph. */
  readonly path: readonly string[]
  readonly marker: string
  readonly kind: BlockKind
  /** Where the marker begins. */
  readonly start: number
  /** Where the words after the marker begin, and where this paragraph ends: children are not inside. */
  readonly bodyStart: number
  readonly end: number
  /** True where the words are a heading over what follows, not a sentence. */
  readonly heading: boolean
  /** Index in `Ground.blocks` of the block this one stands under; null at the top. */
  readonly parent: number | null
  /** Which part of the file: 0 the document itself, 1 the plan attached to it, 2 … further appendices. */
  readonly part: number
}

export type BlockKind =
  | 'part'
  | 'chapter'
  | 'section'
  | 'capital'
  | 'roman'
  | 'article'
  | 'number'
  | 'dotted'
  | 'parenthesis'
  | 'letter'
  | 'bullet'
  | 'paragraph'

/** What every finder of the reader stands on: the text once cut into blocks, and what may be looked up. */
export interface Ground {
  /** `Reading.text`. */
  readonly text: string
  /** `fold(text)`: lower case, one hyphen, one place for tones; the same length as `text`. */
  readonly folded: string
  readonly blocks: readonly Block[]
  readonly clauses: readonly Clause[]
  readonly head: DocumentHead
  readonly register: Register
  readonly today: string
  /** The day of the document, or `today` where it has none: as of when names are resolved. */
  readonly day: string
  /** Stretches that are neither body nor noise: head, recipients, signature. */
  readonly outside: readonly Span[]
}

const BULLET = /^[^\p{L}\p{N}]*$/u

/**
 * The name of a clause: its markers joined by dots, bullets and unmarked paragraphs left out, a number that repeats
 * the one above it said once (`III`, `2`, `2.1` is `III.2.1`).
 */
export function clauseName(path: readonly string[]): string {
  const parts: string[] = []
  for (const marker of path) {
    if (BULLET.test(marker)) continue
    const above = parts.at(-1)
    if (above !== undefined && marker.startsWith(`${above}.`)) parts.pop()
    parts.push(marker)
  }
  return parts.join('.')
}

/** The words of a stretch with runs of white space, line ends among them, as one space. */
export function wordsIn(text: string, start: number, end: number): string {
  return text.slice(start, end).replace(/\s+/gu, ' ').trim()
}
