import { Refusal } from '../../../core/kernel/refusal.ts'
import type { LegacyEncoding } from '../encodings/mend-legacy.ts'
import { rowLines } from '../table-lines.ts'
import { Fields } from './fields.ts'
import type { Numbering } from './numbering.ts'
import { RunText } from './run-text.ts'
import type { Styles } from './styles.ts'

interface Paragraph {
  text: string
  style: string | null
  list: string | null
  level: number | null
  /** Lines of text boxes anchored here. */
  readonly boxes: string[]
}

type Container = { kind: 'lines'; lines: string[] } | { kind: 'table'; rows: string[]; row: string[][] }

/** What the parser meets in a WordprocessingML part, turned into lines. One instance reads body, then notes. */
export class WordText {
  /** The legacy font family met in runs, if any. */
  legacy: LegacyEncoding | null = null
  readonly #numbering: Numbering
  readonly #styles: Styles
  readonly #nesting: number
  readonly #fields = new Fields()
  #containers: Container[] = [{ kind: 'lines', lines: [] }]
  #paragraphs: Paragraph[] = []
  #run = new RunText()
  #depth = 0
  #skippedAt = 0
  #inText = false
  #note: string | null = null
  readonly #cited = new Set<string>()

  constructor(numbering: Numbering, styles: Styles, nesting: number) {
    this.#numbering = numbering
    this.#styles = styles
    this.#nesting = nesting
  }

  open(name: string, attributes: Record<string, string>): void {
    this.#depth += 1
    if (this.#depth > this.#nesting) throw new Refusal('document.bomb')
    if (this.#skippedAt) return
    // A text box stands twice, for new and for old Word; moved text stands at its old place, too.
    if (
      name === 'mc:Fallback' ||
      name === 'w:moveFrom' ||
      name === 'w:del' ||
      name === 'w:pPrChange' ||
      name === 'w:rPrChange'
    ) {
      this.#skippedAt = this.#depth
      return
    }
    const value = attributes['w:val'] ?? null
    const paragraph = this.#paragraphs.at(-1)
    switch (name) {
      case 'w:p':
        this.#paragraphs.push({ text: '', style: null, list: null, level: null, boxes: [] })
        if (this.#note) this.#append(`[${this.#note}] `)
        this.#note = null
        break
      case 'w:pStyle':
        if (paragraph) paragraph.style = value
        break
      case 'w:numId':
        if (paragraph) paragraph.list = value
        break
      case 'w:ilvl':
        if (paragraph) paragraph.level = Number(value)
        break
      case 'w:r':
        this.#run = new RunText(this.#styles.resolve(paragraph?.style ?? null))
        break
      case 'w:rFonts':
      case 'w:caps':
      case 'w:vanish':
      case 'w:rStyle':
        this.#run.property(name, attributes, this.#styles)
        break
      case 'w:t':
        this.#inText = true
        break
      case 'w:tab':
        // In paragraph properties the same name defines a tab stop.
        if (attributes['w:pos'] === undefined) this.#append('\t')
        break
      case 'w:br':
      case 'w:cr':
        this.#append('\n')
        break
      case 'w:noBreakHyphen':
        this.#append('\u2011')
        break
      case 'w:softHyphen':
        this.#append(this.#run.convert('\u00ad'))
        break
      case 'w:fldSimple':
      case 'w:fldChar':
        this.#fields.open(name, attributes)
        break
      case 'w:instrText':
        this.#fields.inInstruction = true
        break
      case 'w:footnoteReference':
      case 'w:endnoteReference':
        this.#cited.add(`${name.slice(0, 5)}${attributes['w:id'] ?? ''}`)
        this.#append(`[${attributes['w:id'] ?? ''}]`)
        break
      case 'w:footnote':
      case 'w:endnote':
        // Separators, and notes whose mark was deleted, are cited nowhere.
        if (!this.#cited.has(`${name.slice(0, 5)}${attributes['w:id'] ?? ''}`)) this.#skippedAt = this.#depth
        else this.#note = attributes['w:id'] ?? ''
        break
      case 'w:tbl':
        this.#containers.push({ kind: 'table', rows: [], row: [] })
        break
      case 'w:tr':
        this.#table((table) => (table.row = []))
        break
      case 'w:tc':
      case 'w:txbxContent':
        this.#containers.push({ kind: 'lines', lines: [] })
        break
    }
  }

  text(text: string): void {
    if (this.#skippedAt) return
    if (this.#fields.inInstruction) this.#fields.instruct(text)
    else if (this.#inText && !this.#run.hidden) this.#append(this.#run.convert(text))
    this.legacy ??= this.#run.legacy
  }

  close(name: string): void {
    this.#depth -= 1
    if (this.#skippedAt) {
      if (this.#depth < this.#skippedAt) this.#skippedAt = 0
      return
    }
    switch (name) {
      case 'w:t':
        this.#inText = false
        break
      case 'w:instrText':
        this.#fields.inInstruction = false
        break
      case 'w:fldSimple':
        this.#fields.closeSimple()
        break
      case 'w:p':
        this.#endParagraph()
        break
      case 'w:tc': {
        const cell = this.#takeContainer()
        this.#table((table) => table.row.push(cell))
        break
      }
      case 'w:tr':
        this.#table((table) => table.rows.push(...rowLines(table.row.splice(0))))
        break
      case 'w:tbl':
        this.#put(this.#takeContainer())
        break
      case 'w:txbxContent': {
        const lines = this.#takeContainer()
        const anchor = this.#paragraphs.at(-1)
        if (anchor) anchor.boxes.push(...lines)
        else this.#put(lines)
        break
      }
    }
  }

  takeLines(): string[] {
    while (this.#containers.length > 1) this.#put(this.#takeContainer())
    return this.#takeContainer()
  }

  #append(text: string): void {
    const paragraph = this.#paragraphs.at(-1)
    if (paragraph && !this.#fields.silent) paragraph.text += text
  }

  #endParagraph(): void {
    const paragraph = this.#paragraphs.pop()
    if (!paragraph) return
    const style = this.#styles.resolve(paragraph.style)
    const list = paragraph.list ?? style.list
    const marker =
      list !== null && list !== '0' ? this.#numbering.next({ list, level: paragraph.level ?? style.level ?? 0 }) : ''
    const text = marker && paragraph.text.trim() ? `${marker} ${paragraph.text.trimStart()}` : paragraph.text
    this.#put([...text.split('\n'), ...paragraph.boxes])
  }

  #put(lines: readonly string[]): void {
    const container = this.#containers.at(-1)
    const into = container?.kind === 'lines' ? container.lines : container?.rows
    for (const line of lines) into?.push(line)
  }

  #table(act: (table: Extract<Container, { kind: 'table' }>) => void): void {
    const table = this.#containers.at(-1)
    if (table?.kind === 'table') act(table)
  }

  #takeContainer(): string[] {
    const container = this.#containers.pop()
    if (this.#containers.length === 0) this.#containers.push({ kind: 'lines', lines: [] })
    return container === undefined ? [] : container.kind === 'lines' ? container.lines : container.rows
  }
}
