/** kbit/s by version (MPEG 1; 2 and 2.5) and index, layer III: ISO/IEC 11172-3 2.4.2.3, 13818-3 2.4.2.3. */
const BITRATES: Readonly<Record<'one' | 'two', readonly number[]>> = {
  one: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  two: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
}
const RATES = [44_100, 48_000, 32_000] as const
const TAG_HEAD = 10
/** What may stand behind the sound: old tags, padding. */
const MOST_TAIL_BYTES = 8_192

/**
 * Seconds of an MP3 by its frames, without decoding any: linear in its bytes, whatever they are. Null for what is no
 * MP3 of layer III from its first byte (after ID3v2 tags) to its last.
 */
export function mp3Seconds(bytes: Uint8Array): number | null {
  let at = afterTags(bytes)
  let seconds = 0
  while (at + 4 <= bytes.length) {
    const frame = frameAt(bytes, at)
    if (!frame) break
    seconds += frame.samples / frame.rate
    at += frame.bytes
  }
  return seconds > 0 && bytes.length - at <= MOST_TAIL_BYTES ? seconds : null
}

/** How many bytes of a stream that begins with a frame are frames that are there to their end. */
export function wholeFrames(bytes: Uint8Array): number {
  let at = 0
  for (let frame = frameAt(bytes, at); frame && at + frame.bytes <= bytes.length; frame = frameAt(bytes, at))
    at += frame.bytes
  return at
}

function frameAt(bytes: Uint8Array, at: number): { bytes: number; samples: number; rate: number } | null {
  const [sync = 0, head = 0, third = 0] = bytes.subarray(at, at + 3)
  const version = (head >> 3) & 3 // 3: MPEG 1, 2: MPEG 2, 0: MPEG 2.5
  const isLayer3 = ((head >> 1) & 3) === 1
  if (sync !== 0xff || (head & 0xe0) !== 0xe0 || version === 1 || !isLayer3) return null
  const kbits = BITRATES[version === 3 ? 'one' : 'two'][third >> 4]
  const base = RATES[(third >> 2) & 3]
  if (!kbits || !base) return null
  const rate = base / (version === 3 ? 1 : version === 2 ? 2 : 4)
  const samples = version === 3 ? 1_152 : 576
  return { bytes: Math.floor((samples / 8) * ((kbits * 1_000) / rate)) + ((third >> 1) & 1), samples, rate }
}

function afterTags(bytes: Uint8Array): number {
  let at = 0
  while (bytes[at] === 0x49 && bytes[at + 1] === 0x44 && bytes[at + 2] === 0x33) {
    const size = bytes.subarray(at + 6, at + TAG_HEAD).reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0)
    at += TAG_HEAD + size + (((bytes[at + 5] ?? 0) & 0x10) === 0 ? 0 : TAG_HEAD)
  }
  return at
}
