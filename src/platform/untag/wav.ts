/** The chunks of a WAV file that a player needs (RIFF, Multimedia Programming Interface 1.0); the others tell of its maker. */
const NEEDED: ReadonlySet<string> = new Set(['fmt ', 'fact', 'data'])

/** WAV with nothing but its format and its sound. */
export function untagWav(bytes: Uint8Array): Uint8Array {
  const kept: Uint8Array[] = []
  for (const { name, from, to } of wavChunks(bytes)) {
    if (NEEDED.has(name)) kept.push(bytes.subarray(from - 8, to + ((to - from) % 2)))
  }
  const length = kept.reduce((sum, chunk) => sum + chunk.length, 0)
  const out = new Uint8Array(12 + length)
  out.set(bytes.subarray(0, 12))
  new DataView(out.buffer).setUint32(4, 4 + length, true)
  let at = 12
  for (const chunk of kept) {
    out.set(chunk, at)
    at += chunk.length
  }
  return out
}

/** Each chunk with the bytes of its content, none of them beyond the end of the file. */
export function* wavChunks(bytes: Uint8Array): Generator<{ name: string; from: number; to: number }> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 12; at + 8 <= bytes.length;) {
    const size = view.getUint32(at + 4, true)
    const from = at + 8
    yield { name: String.fromCharCode(...bytes.subarray(at, at + 4)), from, to: Math.min(bytes.length, from + size) }
    at = from + size + (size % 2)
  }
}
