import { beforeAll, expect, test } from 'vitest'
import { openEspeak } from '../speech/espeak.ts'
import { clarityOf } from './clarity.ts'
import { readSound } from './read-sound.ts'
import { STANDARD_PROFILE } from './sound-profile.ts'
import type { Wave } from './wave.ts'
import { writeMp3 } from './write-mp3.ts'

const WORDS = 'Bà con chú ý. Khi nghi ngờ hãy gọi một một một. Không ai được đưa con em mình đi xa khi chưa hỏi xã.'
/** A voice whose loudest crest is 2 dB below what a recorder takes. */
let voice: Wave

beforeAll(async () => {
  const { samples, rate } = (await openEspeak()).say(WORDS, { accent: 'north', speed: 1 })
  const most = samples.reduce((high, sample) => Math.max(high, Math.abs(sample)), 0)
  voice = { rate, samples: Float32Array.from(samples, (sample) => (0.8 * sample) / most) }
})

const loudAs = (gain: number) =>
  ({ rate: voice.rate, samples: voice.samples.map((one) => Math.max(-1, Math.min(1, one * gain))) }) satisfies Wave

/** With noise so many decibels below what is said. */
function amongNoise(decibels: number): Wave {
  const said = voice.samples.filter((one) => Math.abs(one) > 0.01)
  const high = Math.sqrt(said.reduce((sum, one) => sum + one * one, 0) / said.length) * 10 ** (-decibels / 20)
  let seed = 1
  // Evenly spread noise of this height has the power of one whose deviation is 1/√3 of it.
  const noise = () => ((seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647 - 0.5) * 2 * Math.sqrt(3) * high
  return { rate: voice.rate, samples: voice.samples.map((one) => one + noise()) }
}

test.each([
  [1, 0, 0.0001],
  [2, 0.002, 0.01],
  [4, 0.03, 0.06],
  [10, 0.1, 0.2],
])(
  'a voice recorded %d times as loud as the recorder takes is cut off between %d and %d',
  async (gain, least, most) => {
    const { clipped } = clarityOf(loudAs(gain))
    expect(clipped).toBeGreaterThanOrEqual(least)
    expect(clipped).toBeLessThanOrEqual(most)
    // A phone keeps it as MP3 or Opus, in which crests are no longer flat.
    const kept = await readSound(await writeMp3(loudAs(gain), STANDARD_PROFILE))
    expect(clarityOf(kept!).clipped).toBeGreaterThanOrEqual(least / 2)
  },
)

test.each([
  [30, 25, 40],
  [15, 14, 20],
  [5, 6, 10],
  [0, 3, 6],
])('a voice %d dB above the noise reads between %d and %d dB', (decibels, least, most) => {
  const { overNoise } = clarityOf(amongNoise(decibels))
  expect(overNoise).toBeGreaterThan(least)
  expect(overNoise).toBeLessThan(most)
})

test('a crest that touches the ceiling is none that was cut off, and silence is no noise', () => {
  const rate = 16_000
  const tone = Float32Array.from({ length: rate }, (_, at) => 0.999 * Math.sin(at * 0.39))
  expect(clarityOf({ rate, samples: tone }).clipped).toBe(0)
  tone.fill(0, 0, rate / 2)
  expect(clarityOf({ rate, samples: tone }).overNoise).toBeGreaterThan(60)
  expect(clarityOf({ rate, samples: new Float32Array() })).toEqual({ clipped: 0, overNoise: 0 })
})
