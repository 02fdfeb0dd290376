const TAG_HEAD = 10
const OLD_TAG = 128

/** MP3 without ID3v2 tags before the sound and the ID3v1 tag after it (id3.org). */
export function untagMp3(bytes: Uint8Array): Uint8Array {
  let from = 0
  while (textAt(bytes, from, 3) === 'ID3') {
    const size = bytes.subarray(from + 6, from + TAG_HEAD).reduce((sum, byte) => (sum << 7) | (byte & 0x7f), 0)
    const foot = ((bytes[from + 5] ?? 0) & 0x10) === 0 ? 0 : TAG_HEAD
    from = Math.min(bytes.length, from + TAG_HEAD + size + foot)
  }
  const last = bytes.length - OLD_TAG
  return new Uint8Array(bytes).subarray(from, last >= from && textAt(bytes, last, 3) === 'TAG' ? last : bytes.length)
}

function textAt(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length))
}
