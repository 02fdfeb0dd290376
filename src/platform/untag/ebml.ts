/** An element of EBML (RFC 8794): its name, where it begins, and where its content lies. */
export interface Element {
  readonly id: number
  readonly start: number
  readonly from: number
  readonly to: number
}

/** The elements between two places, one after another. One of unknown length reaches to the end of what holds it. */
export function* elements(bytes: Uint8Array, from: number, to: number): Generator<Element> {
  for (let at = from; at < to;) {
    const id = numberAt(bytes, at, to, true)
    const size = id && numberAt(bytes, at + id.length, to, false)
    if (!size) return
    const content = at + id.length + size.length
    const end = size.unknown ? to : Math.min(to, content + size.value)
    yield { id: id.value, start: at, from: content, to: end }
    at = end
  }
}

interface Varied {
  readonly value: number
  readonly length: number
  readonly unknown: boolean
}

/** A number of varied length (RFC 8794 §4); a name keeps the bit that tells its length. */
function numberAt(bytes: Uint8Array, at: number, to: number, isId: boolean): Varied | null {
  const first = bytes[at] ?? 0
  const length = Math.clz32(first) - 23
  if (first === 0 || length > (isId ? 4 : 8) || at + length > to) return null
  const marker = 0x80 >> (length - 1)
  let value = isId ? first : first & (marker - 1)
  let ones = (first & (marker - 1)) === marker - 1
  for (const byte of bytes.subarray(at + 1, at + length)) {
    value = value * 256 + byte
    ones &&= byte === 0xff
  }
  return { value, length, unknown: !isId && ones }
}
