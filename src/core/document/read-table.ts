import { tidy } from '../kernel/index.ts'
import type { Block } from './paper.ts'

type Table = Extract<Block, { kind: 'table' }>
type Align = Table['columns'][number]['align']

/** `:--`, `---`, `--:`, `:-:` as in Markdown; as many dashes as the column is wide beside the others. */
const RULE = /^(:?)(-+)(:?)$/u
const TOTAL = /^(?:tổng|cộng)(?:\s|$)/iu
/** A column that only counts the rows. */
const ORDINAL = /^(?:s?tt|số tt|no\.)$/iu
const NUMBER = /^(?:ước\s+)?-?\d[\d.,\s]*%?$/iu
/** Widest and narrowest column of a table that does not say how wide its columns are, in letters. */
const WIDTHS = { least: 4, most: 40 } as const

/** Whether a line is a row of a table: pasted from a sheet, with tabs, or between bars. */
export function isRow(line: string): boolean {
  return (/^\|.*\S/su.test(line) || /\S.*\t|\t.*\S/su.test(line)) && !line.startsWith('\\')
}

/** Rows as a table: the first names the columns; `|=` begins the row that adds up, in a pasted table `Tổng` or `Cộng`. */
export function tableOf(lines: readonly string[]): Table {
  const [head = [], ...rest] = lines.map(cellsOf)
  const rule = rest[0]?.every((cell) => RULE.test(cell)) ? rest[0] : null
  const rows = rule ? rest.slice(1) : rest
  const last = lines.at(-1) ?? ''
  const columns = head.map((title, at) => {
    const cells = rows.map((row) => row[at] ?? '')
    return { title, ...(rule ? ruled(rule[at] ?? '-') : guessed(title, cells)) }
  })
  const total = rule
    ? last.startsWith('|=')
    : (rows
        .at(-1)
        ?.slice(0, 2)
        .some((cell) => TOTAL.test(cell)) ?? false)
  return { kind: 'table', columns, rows: rows.map((row) => row.slice(0, head.length)), total: total && rows.length > 0 }
}

function cellsOf(line: string): string[] {
  const cells = line.startsWith('|')
    ? line
        .replace(/^\|=?/u, '')
        .replace(/\|\s*$/u, '')
        .split(/(?<!\\)\|/u)
    : line.split('\t')
  return cells.map((cell) => tidy(cell.replaceAll('\\|', '|').replaceAll('\\n', '\n')))
}

function ruled(cell: string): { align: Align; share: number } {
  const [, before = '', dashes = '-', after = ''] = RULE.exec(cell) ?? []
  const align = after === '' ? 'left' : before === '' ? 'right' : 'center'
  return { align, share: dashes.length }
}

/** Numbers stand to the right; a column is as wide as what stands in it. */
function guessed(title: string, cells: readonly string[]): { align: Align; share: number } {
  const filled = cells.filter((cell) => cell !== '')
  const numbers = filled.length > 0 && filled.every((cell) => NUMBER.test(cell))
  const longestWord = Math.max(0, ...title.split(' ').map((word) => word.length))
  const longest = Math.max(longestWord, ...filled.map((cell) => cell.length))
  const align = ORDINAL.test(title) ? 'center' : numbers ? 'right' : 'left'
  return { align, share: Math.min(WIDTHS.most, Math.max(WIDTHS.least, longest)) }
}
