import { Refusal } from '../../core/kernel/refusal.ts'
import type { DocumentText, ReadingProgress } from './document-text.ts'
import { readDocx } from './docx/read-docx.ts'
import { readDoc } from './read-doc.ts'
import { readHtml } from './html/read-html.ts'
import { joinPages } from './join-pages.ts'
import type { DocumentLimits } from './limits.ts'
import { readPdf } from './pdf/read-pdf.ts'
import type { RawDocument } from './raw-document.ts'
import { readTxt } from './read-txt.ts'
import { readImage } from './scan/read-image.ts'
import { sniffFormat } from './sniff.ts'

/**
 * Reads a file in this very thread: what the worker does, and tests may do. A hostile file can hold the thread
 * for ever; servers call `readDocument`.
 *
 * @throws Refusal `document.…`
 */
export async function readBytes(
  bytes: Uint8Array,
  limits: DocumentLimits,
  onProgress: (progress: ReadingProgress) => void,
): Promise<DocumentText> {
  if (bytes.length > limits.fileBytes)
    throw new Refusal('document.too_large', { megabytes: megabytes(bytes.length), limit: megabytes(limits.fileBytes) })
  try {
    return joinPages(await readFormat(bytes, limits, onProgress))
  } catch (error) {
    if (error instanceof Refusal) throw error
    // The libraries below throw whatever a broken file brings them to.
    const refusal = new Refusal('document.broken')
    refusal.cause = error
    throw refusal
  }
}

async function readFormat(
  bytes: Uint8Array,
  limits: DocumentLimits,
  onProgress: (progress: ReadingProgress) => void,
): Promise<RawDocument> {
  const format = sniffFormat(bytes)
  switch (format) {
    case 'docx':
      return readDocx(bytes, limits)
    case 'html':
      return readHtml(bytes, limits.nesting)
    case 'txt':
      return readTxt(bytes)
    case 'pdf':
      return readPdf(bytes, limits, onProgress)
    case 'image':
      return readImage(bytes, limits, onProgress)
    case 'doc':
      return readDoc(bytes)
    default:
      return format satisfies never
  }
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1024 / 1024)
}
