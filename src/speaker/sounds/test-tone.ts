import { writeMp3 } from '../../platform/sounds/write-mp3.ts'

const RATE = 24_000
const SECONDS = 3
const HERTZ = 440
/** Well under full: it is there to be heard, not to hurt. */
const AMPLITUDE = 0.35
const FADE_SECONDS = 0.05

let made: Promise<Uint8Array> | null = null

/** Three seconds of 440 Hz as MP3, without clicks at its ends; made once. */
export function testTone(): Promise<Uint8Array> {
  made ??= writeMp3({
    rate: RATE,
    samples: Float32Array.from({ length: RATE * SECONDS }, (_, at) => sampleAt(at / RATE)),
  })
  return made
}

function sampleAt(second: number): number {
  const fade = Math.min(1, second / FADE_SECONDS, (SECONDS - second) / FADE_SECONDS)
  return AMPLITUDE * fade * Math.sin(2 * Math.PI * HERTZ * second)
}
