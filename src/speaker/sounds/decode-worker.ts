/** A thread that decodes one MP3 and ends; nothing that a file holds can take more than its time and memory. */
import { closeSync, openSync, readSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { MPEGDecoder } from 'mpg123-decoder'
import { asBytes, type FromDecoder } from './samples.ts'

export interface DecoderWish {
  /** A path, or the bytes themselves. */
  readonly source: string | Uint8Array
  /** 0 to 1. */
  readonly gain: number
  readonly mostSeconds: number
}

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
    const piece: FromDecoder = { rate: sampleRate, samples: asBytes(channelData, samplesDecoded, gain) }
    parentPort?.postMessage(piece)
    return
  }
  parentPort?.postMessage(null)
  parentPort?.close()
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
