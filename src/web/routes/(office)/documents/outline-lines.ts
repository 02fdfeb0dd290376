import { linesOf, type Block, type Outline } from '#core/document/index.ts'
import type { Words } from '#app/wording/words.ts'

export interface OutlineLine {
  readonly kind: Block['kind'] | 'annex'
  /** Its number as printed, and how it begins. */
  readonly words: string
}

const MOST_LETTERS = 90
/** Of a long document the first is shown. */
const MOST_LINES = 400

/** What was recognised in a text, line by line, with the numbers that will be printed. */
export function outlineLines(w: Words, { body, annexes }: Outline): OutlineLine[] {
  return [
    ...linesShown(w, body),
    ...annexes.flatMap((annex) => [{ kind: 'annex' as const, words: annex.title }, ...linesShown(w, annex.body)]),
  ].slice(0, MOST_LINES)
}

function linesShown(w: Words, blocks: readonly Block[]): OutlineLine[] {
  return linesOf(blocks).map((line) => {
    if (line.kind === 'table') {
      return {
        kind: line.kind,
        words: w('document_table_of', { columns: line.columns.length, rows: line.rows.length }),
      }
    }
    if (line.kind === 'picture') return { kind: line.kind, words: `${line.number} ${short(line.caption)}` }
    // `end` is set only when the paper is laid out.
    const kind = line.kind === 'end' ? 'paragraph' : line.kind
    return { kind, words: [line.number, short(line.text)].filter(Boolean).join(' ') }
  })
}

function short(text: string): string {
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS).trimEnd()}…` : text
}
