import { MPEGDecoder } from 'mpg123-decoder'
import { expect, test } from 'vitest'
import { encodeLive, finishLive } from './live-speech.ts'
import { loudnessOf, truePeakOf } from './loudness.ts'
import { mp3Seconds, wholeFrames } from './mp3-length.ts'

const RATE = 24_000
const PIECE_SECONDS = 2

/** A hum whose loudness goes up and down as that of a voice does. */
function spoken(piece: number, amplitude: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(RATE * PIECE_SECONDS * 2))
  for (let at = 0; at < RATE * PIECE_SECONDS; at += 1) {
    const second = piece * PIECE_SECONDS + at / RATE
    const loud = amplitude * (0.6 + 0.4 * Math.sin(second * 7))
    view.setInt16(at * 2, Math.round(32_767 * loud * Math.sin(2 * Math.PI * 220 * second)), true)
  }
  return new Uint8Array(view.buffer)
}

async function said(speech: string, pieces: number, amplitude: number) {
  const parts: { readonly sound: Uint8Array; readonly seconds: number }[] = []
  for (let piece = 0; piece < pieces; piece += 1) parts.push(await encodeLive(speech, spoken(piece, amplitude)))
  parts.push(await finishLive(speech))
  return parts
}

async function decoded(sound: Uint8Array) {
  const decoder = new MPEGDecoder()
  await decoder.ready
  const { channelData, sampleRate } = decoder.decode(sound)
  decoder.free()
  return { rate: sampleRate, samples: channelData[0] ?? new Float32Array() }
}

test('each piece of a speech is whole frames, and all of them are one sound without a gap', async () => {
  const parts = await said('a', 6, 0.3)
  for (const { sound, seconds } of parts) {
    expect(wholeFrames(sound)).toBe(sound.length)
    if (sound.length > 0) expect(mp3Seconds(sound)).toBeCloseTo(seconds, 2)
  }
  const { rate, samples } = await decoded(Buffer.concat(parts.map(({ sound }) => sound)))
  expect(rate).toBe(RATE)
  const seconds = parts.reduce((sum, part) => sum + part.seconds, 0)
  expect(Math.abs(samples.length / rate - seconds)).toBeLessThan(0.1)
  expect(Math.abs(seconds - 6 * PIECE_SECONDS)).toBeLessThan(0.3)
  // Where two pieces meet nothing falls silent: in no hundredth of a second.
  const step = RATE / 100
  for (let at = RATE; at < RATE * 11; at += step)
    expect(Math.max(...samples.subarray(at, at + step).map(Math.abs))).toBeGreaterThan(0.02)
})

test('a soft voice is lifted and a loud one turned down, both under the ceiling', async () => {
  for (const amplitude of [0.1, 0.95]) {
    const parts = await said(`level ${amplitude}`, 8, amplitude)
    const wave = await decoded(Buffer.concat(parts.map(({ sound }) => sound)))
    const end = { rate: wave.rate, samples: wave.samples.subarray(wave.rate * 10) }
    expect(Math.abs((await loudnessOf(end)) + 16)).toBeLessThan(2)
    expect(await truePeakOf(wave)).toBeLessThan(-0.5)
  }
})

test('silence stays silence, and two speeches at once do not know of each other', async () => {
  const [one, other] = await Promise.all([said('silent', 3, 0), said('loud', 3, 0.4)])
  const heard = await Promise.all([one, other].map((parts) => decoded(Buffer.concat(parts!.map(({ sound }) => sound)))))
  const loudest = heard.map(({ samples }) => samples.reduce((most, one) => Math.max(most, Math.abs(one)), 0))
  expect(loudest[0]).toBeLessThan(0.001)
  expect(loudest[1]).toBeGreaterThan(0.1)
})
