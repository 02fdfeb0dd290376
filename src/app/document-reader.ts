import type { DocumentReader } from '../core/plan/index.ts'
import { readDocument } from '../platform/documents/index.ts'

/** The plan slice's reader of files, by the platform's: in a worker thread, so it runs where jobs are worked. */
export const documentReader: DocumentReader = {
  read: (bytes, name, { onProgress, signal }) =>
    readDocument(bytes, name, { signal, onProgress: ({ page, pages }) => onProgress(page, pages) }),
}
