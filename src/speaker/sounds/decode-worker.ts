/** A thread that decodes one MP3 and ends; nothing that a file holds can take more than its time and memory. */
import { closeSync, openSync, readSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { MPEGDecoder } from 'mpg123-decoder'

export interface DecoderWish {
  /** A path, or the bytes themselves. */
  readonly source: string | Uint8Array
  /** 0 to 1. */
  readonly gain: number
  readonly mostSeconds: number
}

/** Samples of one voice, 16 bits, lowest byte first; null at the end. */
export type FromDecoder = { readonly rate: number; readonly samples: Uint8Array } | null

const STEP_BYTES = 16_384

const { source, gain, mostSeconds } = workerData as DecoderWish // given by who starts us
const decoder = new MPEGDecoder()
await decoder.ready
const read = typeof source === 'string' ? fromFile(source) : fromBytes(source)
let seconds = 0

parentPort?.on('message', say)
say()

/** The next piece in which there is sound. */
function say(): void {
  for (let bytes = read(); bytes.length > 0 && seconds < mostSeconds; bytes = read()) {
    const { channelData, samplesDecoded, sampleRate } = decoder.decode(bytes)
    if (samplesDecoded === 0) continue
    seconds += samplesDecoded / sampleRate
    const piece: FromDecoder = { rate: sampleRate, samples: asBytes(channelData, samplesDecoded) }
    parentPort?.postMessage(piece)
    return
  }
  parentPort?.postMessage(null)
  parentPort?.close()
}

function asBytes(channels: readonly Float32Array[], count: number): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(count * 2))
  for (let at = 0; at < count; at += 1) {
    const mean = channels.reduce((sum, channel) => sum + (channel[at] ?? 0), 0) / channels.length
    bytes.setInt16(at * 2, Math.round(Math.max(-1, Math.min(1, mean * gain)) * 32_767), true)
  }
  return new Uint8Array(bytes.buffer)
}

function fromFile(path: string): () => Uint8Array {
  const handle = openSync(path, 'r')
  return () => {
    const bytes = new Uint8Array(STEP_BYTES)
    const count = readSync(handle, bytes)
    if (count === 0) closeSync(handle)
    return bytes.subarray(0, count)
  }
}

function fromBytes(bytes: Uint8Array): () => Uint8Array {
  let at = 0
  return () => bytes.subarray(at, (at += STEP_BYTES))
}
