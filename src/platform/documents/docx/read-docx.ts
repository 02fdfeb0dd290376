import { Parser } from 'htmlparser2'
import { Refusal } from '../../../core/kernel/refusal.ts'
import { mendLegacy } from '../encodings/mend-legacy.ts'
import type { DocumentLimits } from '../limits.ts'
import { type RawDocument, onePage } from '../raw-document.ts'
import { openZip, type Zip } from '../zip.ts'
import { Numbering } from './numbering.ts'
import { readStyles } from './styles.ts'
import { WordText } from './word-text.ts'

/**
 * Text of a Word file (ECMA-376), straight from its parts: automatic numbers printed, tables as pipe lines,
 * footnotes at the end under `[1]`, text boxes after their paragraph, page numbers and deleted text left out.
 *
 * @throws Refusal `document.broken`, `document.bomb`, `document.encrypted`, `document.unknown_type`
 */
export function readDocx(bytes: Uint8Array, limits: DocumentLimits): RawDocument {
  const zip = openZip(bytes, limits.unfoldedBytes)
  const main = mainPart(zip)
  const folder = main.slice(0, main.lastIndexOf('/') + 1)
  const part = (name: string): string | null => zip.read(folder + name)?.toString('utf8') ?? null
  const styles = readStyles(part('styles.xml'))
  const word = new WordText(new Numbering(part('numbering.xml')), styles, limits.nesting)
  const body = zip.read(main)
  if (!body) throw new Refusal('document.broken')
  const lines = readPart(body.toString('utf8'), word)
  for (const notes of ['footnotes.xml', 'endnotes.xml']) {
    const xml = part(notes)
    if (xml) lines.push(...readPart(xml, word))
  }
  const { text, encoding } = mendLegacy(lines.join('\n'))
  return { format: 'docx', encoding: encoding ?? word.legacy, pages: onePage(text), signatures: [] }
}

function mainPart(zip: Zip): string {
  const types = zip.read('[Content_Types].xml')?.toString('utf8')
  if (types === undefined) throw new Refusal('document.unknown_type')
  const tag = types
    .match(/<Override\b[^>]*>/g)
    ?.find((each) =>
      /ContentType="[^"]*wordprocessingml[^"]*main\+xml"|ContentType="[^"]*ms-word\.[^"]*main\+xml"/i.test(each),
    )
  const name = /PartName="\/?([^"]+)"/.exec(tag ?? '')?.[1]
  if (name !== undefined) return name
  // A spreadsheet or a presentation is the same kind of archive.
  if (!zip.names.includes('word/document.xml')) throw new Refusal('document.unknown_type')
  return 'word/document.xml'
}

function readPart(xml: string, word: WordText): string[] {
  const parser = new Parser(
    {
      onopentag: (name, attributes) => word.open(name, attributes),
      ontext: (text) => word.text(text),
      onclosetag: (name) => word.close(name),
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.end(xml)
  return word.takeLines()
}
