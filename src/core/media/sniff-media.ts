import type { MediaKind } from './media.ts'

export interface Sniffed {
  readonly kind: MediaKind
  readonly mime: string
}

/** Any ZIP file; which it is, `sniffZipped` says. */
export const ZIPPED = 'application/zip'

const SIGNS: readonly (readonly [offset: number, sign: string, kind: MediaKind, mime: string])[] = [
  [0, '\xff\xd8\xff', 'picture', 'image/jpeg'],
  [0, '\x89PNG\r\n\x1a\n', 'picture', 'image/png'],
  [0, 'GIF8', 'picture', 'image/gif'],
  [8, 'WEBP', 'picture', 'image/webp'],
  [4, 'ftypavif', 'picture', 'image/avif'],
  [8, 'WAVE', 'audio', 'audio/wav'],
  [0, 'ID3', 'audio', 'audio/mpeg'],
  [0, '\xff\xfb', 'audio', 'audio/mpeg'],
  [0, '\xff\xf3', 'audio', 'audio/mpeg'],
  [0, 'OggS', 'audio', 'audio/ogg'],
  [4, 'ftypM4A', 'audio', 'audio/mp4'],
  [4, 'ftyp', 'video', 'video/mp4'],
  [0, '\x1a\x45\xdf\xa3', 'video', 'video/webm'],
  [0, '%PDF-', 'document', 'application/pdf'],
  [0, 'PK\x03\x04', 'document', ZIPPED],
]

/** Brands of ISO files that are no film: a phone's HEIC, which browsers cannot show, and a camera's raw picture. */
const NOT_FILM = /^ftyp(heic|heix|hevc|mif1|msf1|crx )/

/** What a file is by its first bytes (WHATWG MIME Sniffing §6); null for what is not taken: SVG, HTML, programs, plain text. */
export function sniffMedia(bytes: Uint8Array): Sniffed | null {
  const head = String.fromCharCode(...bytes.subarray(0, 32))
  const found = SIGNS.find(([offset, sign]) => head.startsWith(sign, offset))
  return found && !NOT_FILM.test(head.slice(4)) ? { kind: found[2], mime: found[3] } : null
}

/** Told apart so that the refusal can say what to do. */
export function isHeic(bytes: Uint8Array): boolean {
  return NOT_FILM.test(String.fromCharCode(...bytes.subarray(4, 16)))
}

const OFFICE = 'application/vnd.openxmlformats-officedocument'
const ZIPPED_PAPERS: readonly (readonly [part: string, mime: string])[] = [
  ['word/document.xml', `${OFFICE}.wordprocessingml.document`],
  ['xl/workbook.xml', `${OFFICE}.spreadsheetml.sheet`],
  ['ppt/presentation.xml', `${OFFICE}.presentationml.presentation`],
]

/** Which paper a ZIP file is, by the names of its parts; null for any other archive, and for papers that carry programs. */
export function sniffZipped(names: readonly string[]): Sniffed | null {
  if (names.some((name) => /vbaProject\.bin$/i.test(name)) || !names.includes('[Content_Types].xml')) return null
  const mime = ZIPPED_PAPERS.find(([part]) => names.includes(part))?.[1]
  return mime ? { kind: 'document', mime } : null
}
