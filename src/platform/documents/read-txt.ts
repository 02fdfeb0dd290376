import { decodeText } from './encodings/decode-text.ts'
import { type RawDocument, onePage } from './raw-document.ts'

export function readTxt(bytes: Uint8Array): RawDocument {
  const { text, encoding } = decodeText(bytes)
  return { format: 'txt', encoding, pages: onePage(text), signatures: [] }
}
