/** A thread that decodes a speech piece by piece as it comes, until it is told by null that nothing comes any more. */
import { parentPort, workerData } from 'node:worker_threads'
import { MPEGDecoder } from 'mpg123-decoder'
import { asBytes, type FromDecoder } from './samples.ts'

const { gain } = workerData as { gain: number } // given by who starts us
const decoder = new MPEGDecoder()
const ready = decoder.ready

parentPort?.on('message', (piece: Uint8Array | null) => void ready.then(() => say(piece)))

function say(piece: Uint8Array | null): void {
  if (piece === null) {
    parentPort?.postMessage(null)
    parentPort?.close()
    return
  }
  const { channelData, samplesDecoded, sampleRate } = decoder.decode(piece)
  if (samplesDecoded === 0) return
  const decoded: FromDecoder = { rate: sampleRate, samples: asBytes(channelData, samplesDecoded, gain) }
  parentPort?.postMessage(decoded)
}
