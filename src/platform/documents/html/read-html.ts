import { Parser } from 'htmlparser2'
import { Refusal } from '../../../core/kernel/refusal.ts'
import { decodeText } from '../encodings/decode-text.ts'
import { type RawDocument, onePage } from '../raw-document.ts'
import { rowLines } from '../table-lines.ts'
import { HtmlLists } from './html-lists.ts'

const DROPPED = new Set(
  'script style noscript template head nav aside footer svg math iframe object embed canvas audio video map button select textarea input datalist dialog'.split(
    ' ',
  ),
)
const BLOCKS = new Set(
  'address article blockquote body caption center dd details div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody tfoot thead tr td th ul'.split(
    ' ',
  ),
)
const CLEARED = new Set('p div h1 h2 h3 h4 h5 h6 table ul ol blockquote section article'.split(' '))

/**
 * Text of a web page: scripts, navigation and forms left out, blocks as lines, tables as pipe lines.
 * Reads the page as a stream of tags, so that its depth costs no stack.
 *
 * @throws Refusal `document.bomb` for elements nested deeper than `nesting`.
 */
export function readHtml(bytes: Uint8Array, nesting: number): RawDocument {
  const head = Buffer.from(bytes.subarray(0, 4096)).toString('latin1')
  const declared = /charset\s*=\s*["']?([\w-]+)/i.exec(head)?.[1]?.toLowerCase() ?? null
  const { text, encoding } = decodeText(bytes, declared)
  return { format: 'html', encoding, pages: onePage(htmlLines(text, nesting).join('\n')), signatures: [] }
}

function htmlLines(html: string, nesting: number): string[] {
  const root = new Lines()
  // A table cell collects its own lines until its row ends.
  const tables: { sink: Lines; row: string[][]; cell: Lines | null }[] = []
  const lists = new HtmlLists()
  let depth = 0
  let droppedAt = 0
  let sink = root

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth += 1
        if (depth > nesting) throw new Refusal('document.bomb')
        if (droppedAt) return
        if (DROPPED.has(name) || isHidden(attributes)) {
          droppedAt = depth
          return
        }
        if (name === 'br') return sink.end()
        if (BLOCKS.has(name)) sink.end(CLEARED.has(name) && tables.length === 0)
        if (name === 'pre') sink.preformatted += 1
        if (name === 'table') tables.push({ sink, row: [], cell: null })
        const table = tables.at(-1)
        if (table && name === 'tr') table.row = []
        if (table && (name === 'td' || name === 'th')) sink = table.cell = new Lines()
        const marker = lists.open(name, attributes)
        if (marker) sink.add(marker)
      },
      ontext(text) {
        if (!droppedAt) sink.add(text)
      },
      onclosetag(name) {
        depth -= 1
        if (droppedAt) {
          if (depth < droppedAt) droppedAt = 0
          return
        }
        if (BLOCKS.has(name)) sink.end(CLEARED.has(name) && tables.length === 0)
        if (name === 'pre') sink.preformatted -= 1
        lists.close(name)
        const table = tables.at(-1)
        if (!table) return
        if ((name === 'td' || name === 'th') && table.cell) {
          table.row.push(table.cell.finish())
          table.cell = null
          sink = table.sink
        }
        if (name === 'tr') table.sink.addLines(rowLines(table.row.splice(0)))
        if (name === 'table') sink = tables.pop()?.sink ?? root
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  )
  parser.end(html)
  return root.finish()
}

function isHidden(attributes: Record<string, string>): boolean {
  return 'hidden' in attributes || /display\s*:\s*none|visibility\s*:\s*hidden/i.test(attributes['style'] ?? '')
}

/** Lines being collected; white space runs are one space, as a browser shows them. */
class Lines {
  preformatted = 0
  readonly #lines: string[] = []
  #line = ''

  add(text: string): void {
    if (this.preformatted > 0) this.#line += text
    else {
      const flat = text.replace(/[ \t\r\n\f]+/g, ' ')
      this.#line += this.#line === '' || this.#line.endsWith(' ') ? flat.replace(/^ /, '') : flat
    }
  }

  end(clear = false): void {
    const line = this.#line.trimEnd()
    if (line !== '') this.#lines.push(line)
    this.#line = ''
    if (clear && this.#lines.length > 0 && this.#lines.at(-1) !== '') this.#lines.push('')
  }

  addLines(lines: readonly string[]): void {
    this.end()
    for (const line of lines) this.#lines.push(line)
  }

  finish(): string[] {
    this.end()
    return this.#lines
  }
}
