import { Refusal } from '../core/kernel/index.ts'

export interface RecordingRead {
  readonly mime: string
  readonly seconds: number
}

/** Bytes at most: a quarter of an hour of plain 16-bit sound at 48 kHz. */
const LONGEST_BYTES = 90_000_000

/**
 * What a recording is, by its bytes and not by its name: WAV (RIFF, PCM) or MP3 (ISO 11172-3), with how long it lasts.
 *
 * @throws Refusal `audio.too_large`, `audio.unknown`, `audio.broken`
 */
export function readRecording(bytes: Uint8Array): RecordingRead {
  if (bytes.length > LONGEST_BYTES)
    throw new Refusal('audio.too_large', { megabytes: LONGEST_BYTES / 1e6 }, 'recording')
  const head = String.fromCharCode(...bytes.subarray(0, 12))
  if (head.startsWith('RIFF') && head.endsWith('WAVE')) return { mime: 'audio/wav', seconds: secondsOfWav(bytes) }
  if (head.startsWith('ID3') || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2)) {
    return { mime: 'audio/mpeg', seconds: secondsOfMp3(bytes) }
  }
  throw new Refusal('audio.unknown', {}, 'recording')
}

function secondsOfWav(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let bytesPerSecond = 0
  for (let at = 12; at + 8 <= bytes.length;) {
    const name = String.fromCharCode(...bytes.subarray(at, at + 4))
    const size = view.getUint32(at + 4, true)
    if (name === 'fmt ' && at + 20 <= bytes.length) bytesPerSecond = view.getUint32(at + 16, true)
    if (name === 'data') return lasting(Math.min(size, bytes.length - at - 8) / bytesPerSecond)
    at += 8 + size + (size % 2)
  }
  throw new Refusal('audio.broken', {}, 'recording')
}

const BITRATES = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
const BITRATES_LOW = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
const RATES: Readonly<Record<number, readonly number[]>> = {
  0: [11_025, 12_000, 8_000],
  2: [22_050, 24_000, 16_000],
  3: [44_100, 48_000, 32_000],
}

/** Walks the frames: the length of a file with changing bit rate cannot be guessed from its size. */
function secondsOfMp3(bytes: Uint8Array): number {
  let at = String.fromCharCode(...bytes.subarray(0, 3)) === 'ID3' ? 10 + synchsafe(bytes.subarray(6, 10)) : 0
  let seconds = 0
  while (at + 4 <= bytes.length) {
    const [sync = 0, kind = 0, rates = 0] = bytes.subarray(at, at + 3)
    if (sync !== 0xff || (kind & 0xe0) !== 0xe0) {
      if (seconds > 0) break
      at += 1
      continue
    }
    const version = (kind >> 3) & 3
    const bitrate = (version === 3 ? BITRATES : BITRATES_LOW)[rates >> 4] ?? 0
    const rate = RATES[version]?.[(rates >> 2) & 3] ?? 0
    if (bitrate === 0 || rate === 0) break
    const samples = version === 3 ? 1_152 : 576
    seconds += samples / rate
    at += Math.floor(((samples / 8) * bitrate * 1_000) / rate) + ((rates >> 1) & 1)
  }
  return lasting(seconds)
}

function synchsafe(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => (sum << 7) | (byte & 0x7f), 0)
}

function lasting(seconds: number): number {
  if (!Number.isFinite(seconds) || seconds < 0.5) throw new Refusal('audio.broken', {}, 'recording')
  return Math.round(seconds * 100) / 100
}
