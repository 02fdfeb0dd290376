export type DocumentFormat = 'docx' | 'doc' | 'pdf' | 'html' | 'txt' | 'image'

/** A half-open stretch `[start, end)` in UTF-16 code units of `DocumentText.text`. */
export type TextSpan = readonly [start: number, end: number]

/** What a file says in words, and how it came to us. */
export interface DocumentText {
  readonly format: DocumentFormat
  /** NFC, line ends as LF, no control characters; table rows as ` | ` lines, automatic numbering printed. */
  readonly text: string
  /** How the bytes were written: `utf-8`, `utf-16le`, `windows-1258`, `tcvn3`, `vni` …; null where the format settles it. */
  readonly encoding: string | null
  /** In order; their spans cover the text without overlap. One page for formats that know no pages. */
  readonly pages: readonly DocumentPage[]
  /** True when at least one page was read from its picture. */
  readonly scanned: boolean
  /** Digital signatures of a PDF, in the order they stand in the file; empty for other formats. */
  readonly signatures: readonly DocumentSignature[]
}

export interface DocumentPage {
  /** From 1. */
  readonly number: number
  readonly text: string
  readonly span: TextSpan
  /** The straightened page, for a person to compare with; null for a page that had its own text. */
  readonly image: PageImage | null
  /** Empty for a page that had its own text. */
  readonly words: readonly ScannedWord[]
  /** How many of `words` a person should look at. */
  readonly doubtful: number
}

export interface PageImage {
  readonly mime: 'image/png' | 'image/jpeg'
  readonly width: number
  readonly height: number
  readonly bytes: Uint8Array
}

export interface ScannedWord {
  readonly text: string
  /** 0 to 1, as the character reader says it. */
  readonly confidence: number
  /** Below 0.8, or no Vietnamese syllable and not quite sure. */
  readonly doubtful: boolean
  /** In pixels of the page's `image`. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  readonly span: TextSpan
}

/** What one signature field of a PDF says. The chain up to a root is not judged: no roots are known here. */
export interface DocumentSignature {
  /** Common name in the signer's certificate. */
  readonly signer: string | null
  /** Common name of whoever issued that certificate. */
  readonly issuer: string | null
  /** ISO moment the signer claims; null when the signature carries none. */
  readonly signedAt: string | null
  /** The signed bytes are unchanged and the signature matches the certificate; null when that could not be judged. */
  readonly whole: boolean | null
  /** False when bytes were added after this signature. */
  readonly coversWholeFile: boolean
  /** Why `whole` is false or null: `digest.differs`, `signature.wrong`, `format.unknown`, `range.broken`. */
  readonly reason: string | null
  readonly chainTrusted: null
}

export interface ReadingProgress {
  /** Pages finished. */
  readonly page: number
  readonly pages: number
  readonly stage: 'text' | 'ocr'
}
