import { spawn } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { Sound, SoundWish } from '../agent/ports.ts'
import { testTone } from './test-tone.ts'

/** How each is told to read MP3 from its input and how loud to be. */
const ARGUMENTS = {
  mpg123: (volume: number) => ['-q', '-f', String(Math.round((32_768 * volume) / 100)), '-'],
  ffplay: (volume: number) => [
    ...['-nodisp', '-autoexit', '-hide_banner', '-loglevel', 'error', '-volume', String(volume)],
    ...['-f', 'mp3', '-i', 'pipe:0'],
  ],
} as const

/**
 * Plays by a program of the machine. It gets the sound by its input: when this process dies, the input ends, and with it
 * the sound. What hangs is cut by who asked for it.
 */
export function byProgram(program: keyof typeof ARGUMENTS, pathOf: (sha256: string) => string): Sound {
  const run = (volume: number, ended: (fault: string | null) => void) => {
    const child = spawn(program, ARGUMENTS[program](volume), { stdio: ['pipe', 'ignore', 'ignore'] })
    let stopped = false
    const end = (fault: string | null) => {
      if (!stopped) ended(fault)
      stopped = true
    }
    child.once('error', ({ message }) => end(message))
    child.once('close', (code) => end(code === 0 ? null : `${program} ended with ${code}`))
    child.stdin.on('error', () => {}) // a program that ends before its input says so by its code
    const stop = () => {
      stopped = true
      child.kill('SIGKILL')
    }
    return { child, stop }
  }
  return {
    begin(wish, ended) {
      const { child, stop } = run(wish.volume, ended)
      sourceOf(wish, pathOf).then(
        (source) => source.on('error', () => child.kill('SIGKILL')).pipe(child.stdin),
        () => child.kill('SIGKILL'),
      )
      return { stop }
    },
    speak({ volume }, ended) {
      const { child, stop } = run(volume, ended)
      return { push: (audio) => void child.stdin.write(audio), finish: () => void child.stdin.end(), stop }
    },
  }
}

async function sourceOf({ sha256 }: SoundWish, pathOf: (sha256: string) => string): Promise<Readable> {
  return sha256 === null ? Readable.from([Buffer.from(await testTone())]) : createReadStream(pathOf(sha256))
}
