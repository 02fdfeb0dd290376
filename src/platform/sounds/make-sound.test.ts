import { describe, expect, test } from 'vitest'
import { buildWav } from './wav.build.ts'
import { makeSound } from './make-sound.ts'
import { readSound } from './read-sound.ts'
import { soundInThread } from './sound-worker.ts'

const WHOLE = { from: null, to: null, level: false }

/** A tone that BS.1770 knows the loudness of: 997 Hz at 0 dBFS in one channel reads −3.01 LUFS. */
const tone = (decibels: number, seconds = 3, rate = 48_000) => {
  const high = 10 ** (decibels / 20)
  return Float32Array.from({ length: seconds * rate }, (_, at) => high * Math.sin((2 * Math.PI * 997 * at) / rate))
}

describe('a recording', () => {
  test.each([
    [-10, -13.0],
    [-30, -33.0],
  ])('of a tone at %d dBFS measures %d LUFS', async (decibels, lufs) => {
    const made = await makeSound(buildWav(tone(decibels)), WHOLE)
    expect(made?.loudness).toBeCloseTo(lufs, 1)
    expect(made?.peak).toBeCloseTo(decibels, 0)
    expect(made?.seconds).toBe(3)
  })

  test('is kept as MP3 that sounds as it did', async () => {
    const made = await makeSound(buildWav(tone(-20)), WHOLE)
    const again = await readSound(made?.bytes ?? new Uint8Array())
    expect(again?.rate).toBe(48_000)
    expect((await makeSound(made?.bytes ?? new Uint8Array(), WHOLE))?.loudness).toBeCloseTo(-23, 0)
  })

  test('is cut between two moments', async () => {
    const silenceThenTone = new Float32Array(4 * 48_000)
    silenceThenTone.set(tone(-10, 2), 2 * 48_000)
    const wav = buildWav(silenceThenTone)
    const late = await makeSound(wav, { from: 2.25, to: 3.75, level: false })
    expect(late?.seconds).toBe(1.5)
    expect(late?.loudness).toBeCloseTo(-13, 0)
    expect((await makeSound(wav, { from: 0, to: 1.5, level: false }))?.loudness).toBe(-Infinity)
    expect((await makeSound(wav, { from: 3, to: 2, level: false }))?.seconds).toBe(0)
  })

  test('too quiet is lifted to −16 LUFS, and never over −1 dBTP', async () => {
    const quiet = await makeSound(buildWav(tone(-40)), { from: null, to: null, level: true })
    expect(quiet?.loudness).toBeCloseTo(-16, 1)
    const peaky = tone(-40)
    peaky.fill(0.5, 1_000, 1_040)
    const lifted = await makeSound(buildWav(peaky), { from: null, to: null, level: true })
    expect(lifted?.peak).toBeCloseTo(-1, 1)
    expect(lifted?.loudness).toBeLessThan(-17)
  })

  test.each(['', 'RIFF....WAVE', 'not a sound at all', '\x1a\x45\xdf\xa3', 'OggS', 'ID3'])(
    'that is %j is none',
    async (head) => {
      expect(await makeSound(Buffer.from(head, 'latin1'), WHOLE)).toBeNull()
    },
  )

  test('is made in a thread', async () => {
    expect((await soundInThread(buildWav(tone(-10, 1)), WHOLE))?.seconds).toBe(1)
  })
})
