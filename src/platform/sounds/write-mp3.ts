import { readFile } from 'node:fs/promises'
import { createEncoder } from 'wasm-media-encoders'
import type { Wave } from './wave.ts'

/** Rates that MP3 knows; a sound of another is brought to the next above, or to the highest. */
const RATES = [8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000] as const
const AT_ONCE_SECONDS = 10

/** One voice as MP3 (ISO/IEC 11172-3), which every amplifier with a memory card plays: 96 kbit/s, 48 below 32 kHz. */
export async function writeMp3({ rate, samples }: Wave): Promise<Uint8Array> {
  const encoder = await createEncoder(
    'audio/mpeg',
    await readFile(new URL(import.meta.resolve('wasm-media-encoders/wasm/mp3'))),
  )
  const outputSampleRate = RATES.find((one) => one >= rate) ?? 48_000
  encoder.configure({ channels: 1, sampleRate: rate, outputSampleRate, bitrate: outputSampleRate < 32_000 ? 48 : 96 })
  const parts: Buffer[] = []
  const step = rate * AT_ONCE_SECONDS
  for (let at = 0; at < samples.length; at += step) {
    parts.push(Buffer.from(encoder.encode([samples.subarray(at, at + step)])))
  }
  parts.push(Buffer.from(encoder.finalize()))
  return new Uint8Array(Buffer.concat(parts))
}
