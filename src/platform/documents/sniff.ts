import { Refusal } from '../../core/kernel/refusal.ts'
import type { DocumentFormat } from './document-text.ts'

const IMAGES: readonly (readonly [offset: number, magic: string])[] = [
  [0, '\x89PNG\r\n\x1a\n'],
  [0, '\xff\xd8\xff'],
  [8, 'WEBP'],
  [0, 'II*\0'],
  [0, 'MM\0*'],
]
const HTML = /<(?:!doctype\s+html|html|head|body|table|div|p|meta|article|section|span|h[1-6])[\s>/]/i
// What else arrives under a name that promises text, and is none.
const NOT_TEXT = [
  /^\{\\rtf/,
  /^Rar!/,
  /^7z\xbc\xaf/,
  /^\x1f\x8b/,
  /^\x7fELF/,
  /^MZ/,
  /^GIF8/,
  /^BM.{4}\0\0\0\0/s,
  /^ID3/,
  /^OggS/,
  /^<\?xml/,
]

/**
 * What the bytes are, whatever the name says.
 *
 * @throws Refusal `document.empty`, `document.unknown_type`
 */
export function sniffFormat(bytes: Uint8Array): DocumentFormat {
  if (bytes.length === 0) throw new Refusal('document.empty')
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096)).toString('latin1')
  if (head.startsWith('PK\x03\x04') || head.startsWith('PK\x05\x06')) return 'docx'
  if (head.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return 'doc'
  // Readers look for the header in the first kilobyte: ISO 32000-1, annex H.3, note 13.
  if (head.slice(0, 1024).includes('%PDF-')) return 'pdf'
  if (IMAGES.some(([offset, magic]) => head.startsWith(magic, offset))) return 'image'
  const plain = head.replaceAll('\0', '')
  if (HTML.test(plain)) return 'html'
  if (NOT_TEXT.some((magic) => magic.test(head)) || !looksLikeText(bytes)) throw new Refusal('document.unknown_type')
  return 'txt'
}

function looksLikeText(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, 65_536)
  if (isUtf16(sample)) return true
  let control = 0
  for (const byte of sample) {
    if (byte === 0) return false
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13) control += 1
  }
  return control * 200 <= sample.length
}

function isUtf16(sample: Uint8Array): boolean {
  return utf16Order(sample) !== null
}

/** Which UTF-16 the bytes are, by mark or by where the zeros stand; null when they are none. */
export function utf16Order(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const zeros = [0, 0]
  const length = Math.min(bytes.length, 4096) & ~1
  for (let at = 0; at < length; at += 1) if (bytes[at] === 0) zeros[at & 1] = (zeros[at & 1] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (odd * 6 > length && even === 0) return 'utf-16le'
  if (even * 6 > length && odd === 0) return 'utf-16be'
  return null
}
