import { spawn, type ChildProcessByStdio } from 'node:child_process'
import type { Writable } from 'node:stream'
import { Worker } from 'node:worker_threads'
import type { Sound } from '../agent/ports.ts'
import type { DecoderWish } from './decode-worker.ts'
import type { FromDecoder } from './samples.ts'
import { testTone } from './test-tone.ts'

const LIMITS = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16 }
const MARGIN_SECONDS = 10

/** Plays by ALSA's own player, which knows no MP3: a thread decodes piece by piece, no further ahead than it is heard. */
export function byAplay(pathOf: (sha256: string) => string): Sound {
  return {
    begin({ sha256, seconds, volume }, ended) {
      let player: ChildProcessByStdio<Writable, null, null> | null = null
      let worker: Worker | null = null
      let over = false
      const end = (fault: string | null) => {
        if (over) return
        over = true
        void worker?.terminate()
        player?.kill('SIGKILL')
        ended(fault)
      }
      const take = (piece: FromDecoder) => {
        if (over) return
        if (piece === null) {
          if (player) player.stdin.end()
          else end('no sound in it')
          return
        }
        player ??= startAplay(piece.rate, end)
        player.stdin.write(piece.samples, () => worker?.postMessage('more'))
      }
      const start = async () => {
        const tone = sha256 === null ? await testTone() : null
        if (over) return
        const workerData: DecoderWish = {
          source: sha256 === null ? (tone as Uint8Array) : pathOf(sha256),
          gain: volume / 100,
          mostSeconds: seconds + MARGIN_SECONDS,
        }
        worker = new Worker(new URL('./decode-worker.ts', import.meta.url), { workerData, resourceLimits: LIMITS })
        worker.on('message', take)
        worker.once('error', ({ message }) => end(message))
      }
      start().catch((error: unknown) => end(String(error)))
      return {
        stop() {
          over = true
          void worker?.terminate()
          player?.kill('SIGKILL')
        },
      }
    },
    speak,
  }
}

/** What comes is decoded at once: it is given no further ahead than it was spoken. */
const speak: Sound['speak'] = ({ volume }, ended) => {
  let player: ChildProcessByStdio<Writable, null, null> | null = null
  let over = false
  const workerData = { gain: volume / 100 }
  const worker = new Worker(new URL('./decode-live-worker.ts', import.meta.url), { workerData, resourceLimits: LIMITS })
  const stop = () => {
    over = true
    void worker.terminate()
    player?.kill('SIGKILL')
  }
  const end = (fault: string | null) => {
    if (over) return
    stop()
    ended(fault)
  }
  worker.once('error', ({ message }) => end(message))
  worker.on('message', (piece: FromDecoder) => {
    if (over) return
    if (piece !== null) {
      player ??= startAplay(piece.rate, end)
      player.stdin.write(piece.samples)
    } else if (player) player.stdin.end()
    else end('no sound in it')
  })
  return { push: (audio) => worker.postMessage(audio), finish: () => worker.postMessage(null), stop }
}

function startAplay(rate: number, end: (fault: string | null) => void): ChildProcessByStdio<Writable, null, null> {
  const form = ['-q', '-t', 'raw', '-f', 'S16_LE', '-c', '1', '-r', String(rate)]
  const player = spawn('aplay', form, { stdio: ['pipe', 'ignore', 'ignore'] })
  player.stdin.on('error', () => {}) // a player that ends before its input says so by its code
  player.once('error', ({ message }) => end(message))
  player.once('close', (code) => end(code === 0 ? null : `aplay ended with ${code}`))
  return player
}
