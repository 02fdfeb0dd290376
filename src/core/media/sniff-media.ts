import type { MediaKind } from './media.ts'

export interface Sniffed {
  readonly kind: MediaKind
  readonly mime: string
}

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
  [0, 'PK\x03\x04', 'document', 'application/zip'],
]

/** What a file is by its first bytes (WHATWG MIME Sniffing §6); null for what is not taken: SVG, HTML, programs, plain text. */
export function sniffMedia(bytes: Uint8Array): Sniffed | null {
  const head = String.fromCharCode(...bytes.subarray(0, 32))
  // A phone's HEIC cannot be shown by browsers; it is told apart so that the refusal can say what to do.
  const found = SIGNS.find(([offset, sign]) => head.startsWith(sign, offset))
  return found && !isHeic(bytes) ? { kind: found[2], mime: found[3] } : null
}

export function isHeic(bytes: Uint8Array): boolean {
  return /^ftyp(heic|heix|hevc|mif1|msf1)/.test(String.fromCharCode(...bytes.subarray(4, 16)))
}
