/** One signature dictionary of a PDF: which bytes it signs and the signature's own bytes (ISO 32000-1, 12.8.1). */
export interface SignedRange {
  /** Null where the range is no honest one: it must leave out the signature and nothing else. */
  readonly signedBytes: Uint8Array | null
  readonly signature: Uint8Array
  readonly coversWholeFile: boolean
  /** `D:20230712093000+07'00'` as the dictionary gives it. */
  readonly claimedAt: string | null
  readonly format: string | null
}

const BYTE_RANGE = /\/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]/g
const SIGNATURES_AT_MOST = 50

/** Every signature in the file, in order. The bytes are searched, not the objects: a damaged table must not hide one. */
export function findSignedRanges(bytes: Uint8Array): SignedRange[] {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = file.toString('latin1')
  return [...text.matchAll(BYTE_RANGE)].slice(0, SIGNATURES_AT_MOST).map((match) => {
    const [start = 0, length = 0, next = 0, rest = 0] = match.slice(1).map(Number)
    const gap = text.slice(start + length, next).trim()
    const honest = start === 0 && next > length && next + rest <= file.length && /^<[0-9a-f\s]*>$/i.test(gap)
    const dictionary = dictionaryAround(text, match.index)
    return {
      signedBytes: honest ? Buffer.concat([file.subarray(0, length), file.subarray(next, next + rest)]) : null,
      signature: honest ? Buffer.from(gap.replace(/[<>\s]/g, ''), 'hex') : new Uint8Array(),
      coversWholeFile: honest && text.slice(next + rest).trim() === '',
      claimedAt: /\/M\s*\(([^)]{1,40})\)/.exec(dictionary)?.[1] ?? null,
      format: /\/SubFilter\s*\/([\w.]+)/.exec(dictionary)?.[1] ?? null,
    }
  })
}

function dictionaryAround(text: string, at: number): string {
  const start = Math.max(0, text.lastIndexOf(' obj', at))
  const end = text.indexOf('endobj', at)
  // The signature itself may be long: only what stands around it matters.
  return text.slice(start, end < 0 ? at + 100_000 : end).replace(/<[0-9a-fA-F\s]{100,}>/g, '<>')
}
