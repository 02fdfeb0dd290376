import { readFile } from 'node:fs/promises'
import { createEncoder } from 'wasm-media-encoders'
import { amplified } from './level-wave.ts'
import { STANDARD_PROFILE, type SoundProfile } from './sound-profile.ts'
import type { Wave } from './wave.ts'

const AT_ONCE_SECONDS = 10
/** LAME turns everything down to 0.95 at up to 160 kbit/s (LAME 3.100, libmp3lame/presets.c, `abr_switch_map`). */
const LAME_TAKES_DB = 20 * Math.log10(0.95)

/** One voice as MP3 (ISO/IEC 11172-3), which every amplifier with a memory card plays, at the rates of the profile. */
export async function writeMp3(
  { rate, samples }: Wave,
  profile: Pick<SoundProfile, 'kbps' | 'rate'> = STANDARD_PROFILE,
): Promise<Uint8Array> {
  const encoder = await createEncoder(
    'audio/mpeg',
    await readFile(new URL(import.meta.resolve('wasm-media-encoders/wasm/mp3'))),
  )
  encoder.configure({
    channels: 1,
    sampleRate: rate,
    outputSampleRate: profile.rate as 44_100, // one of those that Settings allows; all are rates of MP3
    bitrate: profile.kbps as 64, // likewise
  })
  const parts: Buffer[] = []
  const step = rate * AT_ONCE_SECONDS
  for (let at = 0; at < samples.length; at += step) {
    const piece = amplified({ rate, samples: samples.subarray(at, at + step) }, -LAME_TAKES_DB)
    parts.push(Buffer.from(encoder.encode([piece.samples])))
  }
  parts.push(Buffer.from(encoder.finalize()))
  return new Uint8Array(Buffer.concat(parts))
}
