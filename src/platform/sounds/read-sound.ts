import { MPEGDecoder } from 'mpg123-decoder'
import { OggOpusDecoder } from 'ogg-opus-decoder'
import { gatherSound, MOST_SECONDS, piecesOf, TooLong } from './gather-sound.ts'
import { readWav } from './read-wav.ts'
import { readWebm } from './read-webm.ts'
import type { Wave } from './wave.ts'

/** A packet of two bytes may last 120 ms: what these hold at most is minutes of sound. */
const OGG_BYTES = 4_096
const MP3_BYTES = 65_536

/**
 * Reads WAV, MP3, Ogg Opus and WebM Opus, told apart by their first bytes; null for anything else or a broken file.
 *
 * @throws TooLong
 */
export async function readSound(bytes: Uint8Array): Promise<Wave | null> {
  const head = String.fromCharCode(...bytes.subarray(0, 40))
  const wave = await read(bytes, head)
  if (!wave || wave.samples.length === 0) return null
  if (wave.samples.length > MOST_SECONDS * wave.rate) throw new TooLong()
  return wave
}

async function read(bytes: Uint8Array, head: string): Promise<Wave | null> {
  if (head.startsWith('RIFF') && head.startsWith('WAVE', 8)) return readWav(bytes)
  if (head.startsWith('\x1a\x45\xdf\xa3')) return readWebm(bytes)
  if (head.startsWith('OggS')) return head.includes('OpusHead') ? readOgg(bytes) : null
  return head.startsWith('ID3') || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2) ? readMp3(bytes) : null
}

async function readOgg(bytes: Uint8Array): Promise<Wave | null> {
  const decoder = new OggOpusDecoder()
  await decoder.ready
  async function* decoded() {
    for (const piece of piecesOf(bytes, OGG_BYTES)) yield await decoder.decode(piece)
    yield await decoder.flush()
  }
  try {
    return await gatherSound(decoded())
  } finally {
    decoder.free()
  }
}

async function readMp3(bytes: Uint8Array): Promise<Wave | null> {
  const decoder = new MPEGDecoder()
  await decoder.ready
  function* decoded() {
    for (const piece of piecesOf(bytes, MP3_BYTES)) yield decoder.decode(piece)
  }
  try {
    return await gatherSound(decoded())
  } finally {
    decoder.free()
  }
}
