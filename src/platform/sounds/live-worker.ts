/** The thread in which speeches become MP3 while they are spoken: each has an encoder that goes on from piece to piece. */
import { readFile } from 'node:fs/promises'
import { createEncoder } from 'wasm-media-encoders'
import { serveWarm } from '../threads/serve-warm.ts'
import { LiveLevel } from './live-level.ts'
import { mp3Seconds, wholeFrames } from './mp3-length.ts'

export interface LiveWork {
  readonly speech: string
  /** Null: nothing comes any more. */
  readonly samples: Uint8Array | null
}

export interface LivePiece {
  readonly sound: Uint8Array
  readonly seconds: number
}

const RATE = 24_000
/** Half of what recordings have: a device on a bad 3G line must keep up with who speaks, and it is speech alone. */
const KBPS = 32
const NOTHING: LivePiece = { sound: new Uint8Array(), seconds: 0 }

interface Encoding {
  readonly encoder: Awaited<ReturnType<typeof openEncoder>>
  readonly level: LiveLevel
  /** Of a frame that is not whole yet. */
  rest: Buffer
}

const speeches = new Map<string, Encoding>()

serveWarm(async ({ speech, samples }: LiveWork): Promise<LivePiece> => {
  const known = speeches.get(speech)
  if (samples === null) {
    speeches.delete(speech)
    return known ? piece(known, known.encoder.finalize()) : NOTHING
  }
  const one = known ?? { encoder: await openEncoder(), level: new LiveLevel(RATE), rest: Buffer.of() }
  speeches.set(speech, one)
  return piece(one, one.encoder.encode([await one.level.next(asWave(samples))]))
})

function piece(one: Encoding, encoded: Uint8Array): LivePiece {
  const bytes = Buffer.concat([one.rest, encoded])
  const whole = wholeFrames(bytes)
  one.rest = bytes.subarray(whole)
  const sound = new Uint8Array(bytes.subarray(0, whole))
  return { sound, seconds: Math.round((mp3Seconds(sound) ?? 0) * 1_000) / 1_000 }
}

function asWave(samples: Uint8Array): Float32Array {
  const view = new DataView(samples.buffer, samples.byteOffset, samples.byteLength)
  return Float32Array.from({ length: samples.length >> 1 }, (_, at) => view.getInt16(at * 2, true) / 32_768)
}

async function openEncoder() {
  const encoder = await createEncoder(
    'audio/mpeg',
    await readFile(new URL(import.meta.resolve('wasm-media-encoders/wasm/mp3'))),
  )
  encoder.configure({ channels: 1, sampleRate: RATE, outputSampleRate: RATE, bitrate: KBPS })
  return encoder
}
