import WordExtractor from 'word-extractor'
import { Refusal } from '../../core/kernel/refusal.ts'
import { isSound } from './compound-file.ts'
import { mendLegacy } from './encodings/mend-legacy.ts'
import { type RawDocument, onePage } from './raw-document.ts'

const SECTOR = 512
// MS-DOC 2.5.2: the first bytes of the WordDocument stream, and the bit that says it is encrypted.
const FIB_MAGIC = 0xa5ec
const FIB_ENCRYPTED = 0x0100

/**
 * Text of a Word 97–2003 file: body with table rows as pipe lines, then footnotes, endnotes and text boxes.
 * Word computed automatic numbers when it showed the file; they are not in it as text and are lost here.
 *
 * @throws Refusal `document.encrypted`, `document.unknown_type`, `document.broken`
 */
export async function readDoc(bytes: Uint8Array): Promise<RawDocument> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (hasStream(file, 'EncryptedPackage')) throw new Refusal('document.encrypted')
  if (!hasStream(file, 'WordDocument')) throw new Refusal('document.unknown_type')
  if (isEncrypted(file)) throw new Refusal('document.encrypted')
  if (!isSound(file)) throw new Refusal('document.broken')
  // The published types leave out the option that keeps quotes and dashes as typed.
  const document = (await new WordExtractor().extract(file)) as unknown as WordParts
  const asTyped = { filterUnicode: false, includeHeadersAndFooters: false, includeBody: true }
  const parts = [
    document.getBody(asTyped),
    document.getFootnotes(asTyped),
    document.getEndnotes(asTyped),
    document.getTextboxes(asTyped),
  ].map(plainControls)
  const lines = parts
    .filter((part) => part.trim() !== '')
    .join('\n')
    .split('\n')
    .map(rowOfCells)
  const { text, encoding } = mendLegacy(lines.join('\n'))
  return { format: 'doc', encoding, pages: onePage(text), signatures: [] }
}

interface WordParts {
  getBody(options: object): string
  getFootnotes(options: object): string
  getEndnotes(options: object): string
  getTextboxes(options: object): string
}

/** Word's control characters (MS-DOC 2.4.1 and its special characters) as what they show. */
function plainControls(text: string): string {
  return (
    text
      .replace(/[\r\v\f\x0e]/g, '\n')
      .replaceAll('\x07', '\t')
      .replaceAll('\x1e', '\u2011')
      // The optional hyphen, which is the letter ư in a TCVN3 font; word-extractor 1.0.4 prints this word for it.
      .replace(/\x1f|undefined/g, '\u00ad')
  )
}

// The ends of cells come as tabs, the end of a row as one more.
function rowOfCells(line: string): string {
  if (!line.endsWith('\t')) return line
  return line
    .replace(/\t+$/, '')
    .split('\t')
    .map((cell) => cell.trim())
    .join(' | ')
}

/** Whether the directory of a compound file (MS-CFB 2.6.1) names a stream: names stand there as UTF-16. */
function hasStream(file: Buffer, name: string): boolean {
  return file.includes(Buffer.from(name, 'utf16le'))
}

function isEncrypted(file: Buffer): boolean {
  for (let at = SECTOR; at + 12 <= file.length; at += SECTOR) {
    if (file.readUInt16LE(at) === FIB_MAGIC) return (file.readUInt16LE(at + 10) & FIB_ENCRYPTED) !== 0
  }
  return false
}
