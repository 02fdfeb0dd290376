/** CRC-32 of an Ogg page: polynomial 04c11db7, not reflected, from zero (RFC 3533 §6). */
const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte << 24
  for (let bit = 0; bit < 8; bit += 1) sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1
  return sum >>> 0
})

interface Page {
  readonly from: number
  readonly content: number
  readonly to: number
  readonly serial: number
  /** Where each packet that ends in the page ends. */
  readonly ends: readonly number[]
}

/** Ogg whose second packets, the comments of each stream (RFC 7845 §5.2), hold none. Lengths stay, sums are made anew. */
export function untagOgg(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes)
  const ended = new Map<number, number>()
  let emptied = new Set<number>()
  for (const page of pagesOf(out)) {
    let at = page.content
    const before = ended.get(page.serial) ?? 0
    for (const [index, end] of [...page.ends, page.to].entries()) {
      if (before + index === 1 && end > at) {
        emptyComments(out, at, end, emptied.has(page.serial))
        emptied = emptied.add(page.serial)
      }
      at = end
    }
    ended.set(page.serial, before + page.ends.length)
    if (before <= 1) setSum(out, page)
  }
  return out
}

/** Leaves the words that name the codec; no maker, no comments; RFC 7845 lets the rest be padding. */
function emptyComments(out: Uint8Array, from: number, to: number, continued: boolean): void {
  if (continued) return void out.fill(0, from, to)
  const name = String.fromCharCode(...out.subarray(from, from + 8))
  if (name === 'OpusTags') out.fill(0, from + 8, to)
  else if (name.startsWith('\x03vorbis')) {
    out.fill(0, from + 7, to)
    // After no maker and no comments stands the framing bit (Vorbis I §5.2.1).
    if (from + 15 < to) out[from + 15] = 1
  }
}

function* pagesOf(bytes: Uint8Array): Generator<Page> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let from = 0; from + 27 <= bytes.length && view.getUint32(from) === 0x4f676753;) {
    const content = from + 27 + (bytes[from + 26] ?? 0)
    const ends: number[] = []
    let to = content
    for (const part of bytes.subarray(from + 27, content)) {
      to += part
      if (part < 255) ends.push(to)
    }
    if (to > bytes.length) return
    yield { from, content, to, serial: view.getUint32(from + 14), ends }
    from = to
  }
}

function setSum(out: Uint8Array, { from, to }: Page): void {
  const view = new DataView(out.buffer, out.byteOffset, out.byteLength)
  view.setUint32(from + 22, 0)
  let sum = 0
  for (const byte of out.subarray(from, to)) sum = ((sum << 8) ^ (CRC[(sum >>> 24) ^ byte] ?? 0)) >>> 0
  view.setUint32(from + 22, sum, true)
}
