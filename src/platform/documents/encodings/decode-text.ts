import iconv from 'iconv-lite'
import { utf16Order } from '../sniff.ts'
import { mendLegacy, syllableShare } from './mend-legacy.ts'

/**
 * Bytes of a plain text as Unicode, with the encoding found: by mark, by validity, then by which reading gives
 * the most Vietnamese syllables. A declared encoding (HTML's `charset`) counts only where the bytes leave a choice.
 */
export function decodeText(bytes: Uint8Array, declared: string | null = null): { text: string; encoding: string } {
  const order = utf16Order(bytes)
  if (order) return withLegacy(iconv.decode(Buffer.from(bytes), order), order)
  const utf8 = decodeUtf8(bytes)
  if (utf8 !== null) return withLegacy(utf8, 'utf-8')
  return decodeSingleByte(Buffer.from(bytes), declared)
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return mostlyUtf8(bytes)
  }
}

// A file cut in the middle of a letter, or with one bad byte, is still UTF-8.
function mostlyUtf8(bytes: Uint8Array): string | null {
  const text = new TextDecoder('utf-8').decode(bytes)
  const bad = text.split('\ufffd').length - 1
  const good = text.match(/[\u0080-\ufffc]/g)?.length ?? 0
  return bad * 20 < good ? text : null
}

function decodeSingleByte(bytes: Buffer, declared: string | null): { text: string; encoding: string } {
  const western = iconv.decode(bytes, 'windows-1252')
  const legacy = mendLegacy(western)
  const vietnamese = iconv.decode(bytes, 'windows-1258').normalize('NFC')
  const wanted = declared === 'windows-1258' ? 0.2 : 0
  if (legacy.encoding && syllableShare(legacy.text) >= syllableShare(vietnamese) + wanted)
    return { text: legacy.text, encoding: legacy.encoding }
  if (syllableShare(vietnamese) + wanted > Math.max(syllableShare(western), 0.3))
    return { text: vietnamese, encoding: 'windows-1258' }
  return { text: western, encoding: 'windows-1252' }
}

function withLegacy(text: string, encoding: string): { text: string; encoding: string } {
  const mended = mendLegacy(text)
  return { text: mended.text, encoding: mended.encoding ?? encoding }
}
