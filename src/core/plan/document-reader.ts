import type { Signature } from './plan.ts'

export interface ReadWord {
  readonly text: string
  /** 0 to 1. */
  readonly confidence: number
  /** In pixels of the page image. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  /** In code units of the whole text. */
  readonly span: readonly [number, number]
}

export interface ReadPage {
  readonly number: number
  readonly image: {
    readonly bytes: Uint8Array
    readonly mime: string
    readonly width: number
    readonly height: number
  } | null
  readonly words: readonly ReadWord[]
  readonly span: readonly [number, number]
}

export interface ReadDocument {
  readonly format: string
  readonly text: string
  readonly encoding: string | null
  readonly scanned: boolean
  readonly pages: readonly ReadPage[]
  readonly signatures: readonly Signature[]
}

/**
 * Takes the text out of a file; the platform implements it.
 *
 * @throws Refusal `document.…` for a file that cannot be read.
 */
export interface DocumentReader {
  read(
    bytes: Uint8Array,
    name: string,
    options: { readonly onProgress: (page: number, pages: number) => void; readonly signal?: AbortSignal },
  ): Promise<ReadDocument>
}
