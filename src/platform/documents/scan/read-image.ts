import type { ReadingProgress } from '../document-text.ts'
import type { DocumentLimits } from '../limits.ts'
import type { RawDocument } from '../raw-document.ts'
import { openCharacterReader } from './character-reader.ts'

/** Text of a photographed or scanned page. */
export async function readImage(
  bytes: Uint8Array,
  limits: DocumentLimits,
  onProgress: (progress: ReadingProgress) => void,
): Promise<RawDocument> {
  onProgress({ page: 0, pages: 1, stage: 'ocr' })
  const reader = await openCharacterReader(limits.imagePixels)
  try {
    const page = await reader.read(bytes, 1)
    onProgress({ page: 1, pages: 1, stage: 'ocr' })
    return { format: 'image', encoding: null, pages: [page], signatures: [] }
  } finally {
    await reader.close()
  }
}
