import { numbersOf } from './numbering.ts'
import type { Block } from './paper.ts'
import { readOutline, readsAsTitle, type Outline } from './read-outline.ts'

/** The blocks of a document as a text to type in: what `readOutline` reads as the same blocks again. */
export function writeOutline({ body, annexes }: Outline): string {
  return [
    ...linesOf(body),
    ...annexes.flatMap(({ title, body: blocks }) => ['', `Phụ lục: ${onOneLine(title)}`, ...linesOf(blocks)]),
  ].join('\n')
}

function linesOf(blocks: readonly Block[]): string[] {
  const numbers = numbersOf(blocks)
  return blocks.flatMap((block, at) => {
    const apart = block.kind === 'section' || block.kind === 'part' || block.kind === 'table'
    // A blank line keeps two tables apart, and a text readable.
    return [...(at > 0 && (apart || blocks[at - 1]?.kind === 'table') ? [''] : []), lineOf(block, numbers[at] ?? '')]
  })
}

function lineOf(block: Block, number: string): string {
  switch (block.kind) {
    case 'table':
      return tableLines(block)
    case 'picture':
      return `[ảnh ${block.sha256} | ${inBars(block.caption)} | ${inBars(block.alternative)}]`
    case 'part':
      return `${number}. ${onOneLine(block.text)}`
    case 'section':
    case 'point':
      return `${number} ${onOneLine(block.text)}`
    case 'heading':
      return `${number} ${readsAsTitle(block.text) ? block.text : `**${onOneLine(block.text)}**`}`
    case 'clause':
      return readsAsTitle(block.text) ? `${number.slice(0, -1)}) ${block.text}` : `${number} ${onOneLine(block.text)}`
    case 'dash':
      return `- ${onOneLine(block.text)}`
    case 'plus':
      return `+ ${onOneLine(block.text)}`
    case 'basis':
      return block.text.startsWith('Căn cứ ') ? onOneLine(block.text) : `> ${onOneLine(block.text)}`
    case 'paragraph': {
      const line = onOneLine(block.text)
      return readsAsParagraph(line) ? line : `\\${line}`
    }
    default:
      return block satisfies never
  }
}

function readsAsParagraph(line: string): boolean {
  const { body, annexes } = readOutline(line)
  return annexes.length === 0 && body.length === 1 && body[0]?.kind === 'paragraph' && !line.startsWith('\\')
}

/** A break within a text is written by `\` at the end of its line; a tab, which would make a row, as a blank. */
function onOneLine(text: string): string {
  return text.replaceAll('\t', ' ').replaceAll('\n', '\\\n')
}

function inBars(text: string): string {
  return text.replace(/[|\s]+/gu, ' ').trim()
}

function tableLines({ columns, rows, total }: Extract<Block, { kind: 'table' }>): string {
  const cell = (text: string) => text.replaceAll('\t', ' ').replaceAll('|', '\\|').replaceAll('\n', '\\n')
  const row = (cells: readonly string[], sums: boolean) => `|${sums ? '=' : ''} ${cells.map(cell).join(' | ')} |`
  const rule = columns.map(({ align, share }) => {
    const dashes = '-'.repeat(Math.max(1, Math.round(share)))
    return align === 'left' ? dashes : align === 'right' ? `${dashes}:` : `:${dashes}:`
  })
  const titles = columns.map(({ title }) => title)
  return [
    row(titles, false),
    `| ${rule.join(' | ')} |`,
    ...rows.map((cells, at) => row(cells, total && at === rows.length - 1)),
  ].join('\n')
}
