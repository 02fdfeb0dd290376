import { MPEGDecoder } from 'mpg123-decoder'
import { OggOpusDecoder } from 'ogg-opus-decoder'
import { readWav } from './read-wav.ts'
import { readWebm } from './read-webm.ts'
import { asOneVoice, type Wave } from './wave.ts'

/** Reads WAV, MP3, Ogg Opus and WebM Opus, told apart by their first bytes; null for anything else or a broken file. */
export async function readSound(bytes: Uint8Array): Promise<Wave | null> {
  const head = String.fromCharCode(...bytes.subarray(0, 40))
  const wave = await read(bytes, head)
  return wave && wave.samples.length > 0 ? wave : null
}

async function read(bytes: Uint8Array, head: string): Promise<Wave | null> {
  if (head.startsWith('RIFF') && head.startsWith('WAVE', 8)) return readWav(bytes)
  if (head.startsWith('\x1a\x45\xdf\xa3')) return readWebm(bytes)
  if (head.startsWith('OggS')) return head.includes('OpusHead') ? readOgg(bytes) : null
  return head.startsWith('ID3') || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2) ? readMp3(bytes) : null
}

async function readOgg(bytes: Uint8Array): Promise<Wave> {
  const decoder = new OggOpusDecoder()
  await decoder.ready
  try {
    const { channelData, sampleRate } = await decoder.decodeFile(bytes)
    return asOneVoice(sampleRate, channelData)
  } finally {
    decoder.free()
  }
}

async function readMp3(bytes: Uint8Array): Promise<Wave | null> {
  const decoder = new MPEGDecoder()
  await decoder.ready
  try {
    const { channelData, sampleRate } = decoder.decode(bytes)
    return sampleRate ? asOneVoice(sampleRate, channelData) : null
  } finally {
    decoder.free()
  }
}
