/** What a file may cost before it is refused. */
export interface DocumentLimits {
  /** Bytes of the file as given. */
  readonly fileBytes: number
  /** Bytes a compressed file may unfold to, all parts together. */
  readonly unfoldedBytes: number
  readonly textPages: number
  readonly scannedPages: number
  /** Pixels of one picture. */
  readonly imagePixels: number
  /** How deep elements may be nested. */
  readonly nesting: number
  /** Milliseconds without a finished page. */
  readonly silentMs: number
  /** Milliseconds for the whole file: 200 scanned pages at about 5 s, and room for a busy machine. */
  readonly totalMs: number
  /** Megabytes of JavaScript heap of the worker. */
  readonly heapMb: number
}

export const DOCUMENT_LIMITS: DocumentLimits = {
  fileBytes: 40 * 1024 * 1024,
  unfoldedBytes: 200 * 1024 * 1024,
  textPages: 1500,
  scannedPages: 200,
  imagePixels: 80_000_000,
  nesting: 2000,
  silentMs: 60_000,
  totalMs: 45 * 60_000,
  heapMb: 1024,
}
