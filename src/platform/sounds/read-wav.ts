import { wavChunks } from '../untag/wav.ts'
import { asOneVoice, type Wave } from './wave.ts'

const WHOLE_NUMBERS = 1
const FLOATS = 3
const NAMED_AFTER = 0xfffe

/** The sound of a WAV file of whole numbers (8 to 32 bits) or floats; null for what packs it in another way. */
export function readWav(bytes: Uint8Array): Wave | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let format: { kind: number; channels: number; rate: number; bits: number } | null = null
  for (const { name, from, to } of wavChunks(bytes)) {
    if (name === 'fmt ' && to - from >= 16) {
      const kind = view.getUint16(from, true)
      format = {
        kind: kind === NAMED_AFTER && to - from >= 26 ? view.getUint16(from + 24, true) : kind,
        channels: view.getUint16(from + 2, true),
        rate: view.getUint32(from + 4, true),
        bits: view.getUint16(from + 14, true),
      }
    }
    if (name !== 'data') continue
    const read = format && readerOf(view, format.kind, format.bits)
    if (!format || !read || format.channels < 1 || format.channels > 8 || format.rate < 8_000 || format.rate > 192_000)
      return null
    const { channels, rate, bits } = format
    const each = bits / 8
    const length = Math.floor((to - from) / (each * channels))
    const apart = Array.from({ length: channels }, (_, channel) => {
      const samples = new Float32Array(length)
      for (let at = 0; at < length; at += 1) samples[at] = read(from + (at * channels + channel) * each)
      return samples
    })
    return asOneVoice(rate, apart)
  }
  return null
}

function readerOf(view: DataView, kind: number, bits: number): ((at: number) => number) | null {
  if (kind === FLOATS && bits === 32) return (at) => view.getFloat32(at, true)
  if (kind !== WHOLE_NUMBERS) return null
  if (bits === 8) return (at) => (view.getUint8(at) - 128) / 128
  if (bits === 16) return (at) => view.getInt16(at, true) / 0x8000
  if (bits === 24) return (at) => (view.getUint16(at, true) + view.getInt8(at + 2) * 0x10000) / 0x800000
  return bits === 32 ? (at) => view.getInt32(at, true) / 0x80000000 : null
}
