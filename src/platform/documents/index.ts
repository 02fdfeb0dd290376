export { readDocument, type ReadDocumentOptions } from './read-document.ts'
export type {
  DocumentFormat,
  DocumentPage,
  DocumentSignature,
  DocumentText,
  PageImage,
  ReadingProgress,
  ScannedWord,
} from './document-text.ts'
export { type DocumentLimits } from './limits.ts'
export { openZip } from './zip.ts'
