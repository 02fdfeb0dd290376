import { elements } from './ebml.ts'

/** Names of elements (RFC 9559). */
const SEGMENT = 0x18538067
const INFO = 0x1549a966
const TELLING: ReadonlySet<number> = new Set([0x1254c367, 0x1941a469])
const TELLING_IN_INFO: ReadonlySet<number> = new Set([0x7ba9, 0x4461, 0x4d80, 0x5741, 0x73a4])
const VOID = 0xec

/** WebM and Matroska without tags, attachments, title, day and maker: each becomes a void of the same length. */
export function untagMatroska(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes)
  for (const segment of elements(bytes, 0, bytes.length)) {
    if (segment.id !== SEGMENT) continue
    for (const element of elements(bytes, segment.from, segment.to)) {
      if (TELLING.has(element.id)) voidOut(out, element.start, element.to)
      if (element.id !== INFO) continue
      for (const fact of elements(bytes, element.from, element.to)) {
        if (TELLING_IN_INFO.has(fact.id)) voidOut(out, fact.start, fact.to)
      }
    }
  }
  return out
}

/** One element of nothing in the place of another, with its length in one byte or in eight. */
function voidOut(out: Uint8Array, from: number, to: number): void {
  out.fill(0, from, to)
  out[from] = VOID
  const long = to - from >= 9 && to - from - 2 > 126
  if (!long) out[from + 1] = 0x80 | (to - from - 2)
  else new DataView(out.buffer, out.byteOffset).setBigUint64(from + 1, (1n << 56n) | BigInt(to - from - 9))
}
