import { tidy } from '../kernel/index.ts'
import type { Block, PaperContent } from './paper.ts'
import { isRow, tableOf } from './read-table.ts'

export interface Outline {
  readonly body: readonly Block[]
  readonly annexes: readonly PaperContent['annexes'][number][]
}

/** Longer than this, or with a full stop, what stands after `1.` is no title but a clause. */
const LONGEST_TITLE = 150
const ENDS_A_SENTENCE = /[.;:,!?…]$/u

/**
 * A text as people type it, as the blocks of a document: `Phần I.`, `I.`, `1.`, `a)`, `-`, `+` begin what they begin on
 * paper, `Căn cứ …;` stands first, rows with tabs or bars are a table, `Phụ lục: …` begins an annex, all else is a
 * paragraph. The numbers that were typed do not matter: on paper they follow from the order. A line after one that ends
 * with `\` goes on with it; a line after `\` is a paragraph whatever it begins with. Linear.
 */
export function readOutline(text: string): Outline {
  const body: Block[] = []
  const annexes: { title: string; body: Block[] }[] = []
  let into = body
  const lines = linesOf(text)
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const annex = ANNEX.exec(line)
    if (annex) {
      annexes.push({ title: tidy(annex[1] ?? ''), body: [] })
      into = annexes.at(-1)?.body ?? body
    } else if (isRow(line)) {
      const first = at
      while (at + 1 < lines.length && isRow(lines[at + 1] ?? '')) at++
      into.push(tableOf(lines.slice(first, at + 1)))
    } else if (line !== '') {
      into.push(blockOf(line, into))
    }
  }
  return { body, annexes }
}

const ANNEX = /^Phụ lục(?:\s+[IVXL]+)?\s*[.:]\s*(\S.*)$/su
const PICTURE = /^\[ảnh ([0-9a-f]{64})\s*\|([^|]*)\|([^|]*)\]$/u
const BASIS = /^(?:Căn cứ\s|(?:Theo|Xét|Thực hiện)\s.*;$)/su

const BEGINNINGS: readonly (readonly [RegExp, (words: string) => Block])[] = [
  [/^>\s*/u, (text) => ({ kind: 'basis', text })],
  [/^Phần\s+[IVXL]+\s*[.:/]?\s+(?=\S)/u, (text) => ({ kind: 'part', text })],
  [/^[IVXL]+\s?[./]\s+(?=\S)/u, (text) => ({ kind: 'section', text })],
  [/^\d{1,3}\)\s+(?=\S)/u, (text) => ({ kind: 'clause', text })],
  [/^\d{1,3}\s?[./]\s+(?=\S)/u, titleOrClause],
  [/^(?:[a-zđ]{1,2}\)|[a-zđ]\.)\s+(?=\S)/u, (text) => ({ kind: 'point', text })],
  [/^[-–—•]\s+(?=\S)/u, (text) => ({ kind: 'dash', text })],
  [/^\+\s+(?=\S)/u, (text) => ({ kind: 'plus', text })],
]

function blockOf(line: string, before: readonly Block[]): Block {
  if (line.startsWith('\\')) return { kind: 'paragraph', text: tidy(line.slice(1)) }
  const [, sha256 = '', caption = '', alternative = ''] = PICTURE.exec(line) ?? []
  if (sha256) return { kind: 'picture', sha256, caption: tidy(caption), alternative: tidy(alternative) }
  if (BASIS.test(line) && before.every(({ kind }) => kind === 'basis')) return { kind: 'basis', text: line }
  for (const [beginning, block] of BEGINNINGS) {
    const found = beginning.exec(line)
    if (found) return block(line.slice(found[0].length))
  }
  return { kind: 'paragraph', text: line }
}

function titleOrClause(words: string): Block {
  const bold = /^\*\*(.+)\*\*$/su.exec(words)?.[1]
  if (bold !== undefined) return { kind: 'heading', text: bold }
  return { kind: readsAsTitle(words) ? 'heading' : 'clause', text: words }
}

/** Whether `1. …` with these words is a title of its own rather than a clause. */
export function readsAsTitle(words: string): boolean {
  return words.length <= LONGEST_TITLE && !ENDS_A_SENTENCE.test(words) && !words.includes('\n')
}

/** Lines as they were meant: one that ends with `\` goes on in the next. */
function linesOf(text: string): string[] {
  const lines: string[] = []
  let open = ''
  for (const typed of text.normalize('NFC').split(/\r\n?|\n/u)) {
    // Tabs at the end are empty cells of a pasted row.
    const line = open === '' ? typed.replace(/^[^\S\t]+|[^\S\t]+$/gu, '') : typed.trim()
    if (line.length > 1 && line.endsWith('\\')) open += `${line.slice(0, -1)}\n`
    else {
      lines.push(isRow(open + line) ? open + line : (open + line).trim())
      open = ''
    }
  }
  return open === '' ? lines : [...lines, open.trim()]
}
