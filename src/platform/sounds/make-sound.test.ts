import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { limitPeaks } from './limit-peaks.ts'
import { buildWav } from './wav.build.ts'
import { makeSound } from './make-sound.ts'
import { measured, whyNoFfmpeg } from './measured.build.ts'
import { readSound } from './read-sound.ts'
import { STANDARD_PROFILE } from './sound-profile.ts'
import { soundInThread } from './sound-worker.ts'

const WHOLE = { from: null, to: null, level: false, trim: false, profile: STANDARD_PROFILE }

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
    expect(again?.rate).toBe(24_000)
    expect((await makeSound(made?.bytes ?? new Uint8Array(), WHOLE))?.loudness).toBeCloseTo(-23, 0)
  })

  test('is cut between two moments', async () => {
    const silenceThenTone = new Float32Array(4 * 48_000)
    silenceThenTone.set(tone(-10, 2), 2 * 48_000)
    const wav = buildWav(silenceThenTone)
    const late = await makeSound(wav, { ...WHOLE, from: 2.25, to: 3.75 })
    expect(late?.seconds).toBe(1.5)
    expect(late?.loudness).toBeCloseTo(-13, 0)
    expect((await makeSound(wav, { ...WHOLE, from: 0, to: 1.5 }))?.loudness).toBe(-Infinity)
    expect((await makeSound(wav, { ...WHOLE, from: 3, to: 2 }))?.seconds).toBe(0)
  })

  test('too quiet is lifted to the loudness of the profile, its peaks held under the ceiling', async () => {
    const quiet = await makeSound(buildWav(tone(-40)), { ...WHOLE, level: true })
    expect(quiet?.loudness).toBeCloseTo(-16, 1)
    const peaky = tone(-40)
    peaky.fill(0.5, 1_000, 1_040)
    const lifted = await makeSound(buildWav(peaky), { ...WHOLE, level: true })
    expect(lifted?.peak).toBeLessThanOrEqual(-1.5)
    expect(lifted?.loudness).toBeGreaterThan(-16.7)
    const other = { ...STANDARD_PROFILE, lufs: -23, kbps: 32, rate: 44_100 }
    const small = await makeSound(buildWav(tone(-40)), { ...WHOLE, level: true, profile: other })
    expect(small?.loudness).toBeCloseTo(-23, 1)
    expect((await readSound(small?.bytes ?? new Uint8Array()))?.rate).toBe(44_100)
    // 32 kbit/s over three seconds, and what the encoder puts before and behind.
    expect(small?.bytes.length).toBeLessThan(4_000 * 3.5)
  })

  test('loses the silence at both ends, but for a breath', async () => {
    const between = new Float32Array(6 * 48_000)
    between.set(tone(-10, 2), 3 * 48_000)
    const made = await makeSound(buildWav(between), { ...WHOLE, trim: true })
    expect(made?.seconds).toBeCloseTo(2.3, 1)
    expect((await makeSound(buildWav(new Float32Array(48_000)), { ...WHOLE, trim: true }))?.loudness).toBe(-Infinity)
  })

  test('is held under a ceiling wherever its peaks lie, and left alone where none goes over', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: 1, maxLength: 400 }), (values) => {
        const held = limitPeaks({ rate: 8_000, samples: Float32Array.from(values) }, 0.5).samples
        expect(Math.max(...held.map(Math.abs))).toBeLessThanOrEqual(0.5001)
        expect(held.length).toBe(values.length)
      }),
    )
    const soft = { rate: 8_000, samples: Float32Array.from([0.1, -0.2, 0.3]) }
    expect(limitPeaks(soft, 0.5).samples).toBe(soft.samples)
  })

  test.each(['', 'RIFF....WAVE', 'not a sound at all', '\x1a\x45\xdf\xa3', 'OggS', 'ID3'])(
    'that is %j is none',
    async (head) => {
      expect(await makeSound(Buffer.from(head, 'latin1'), WHOLE)).toBeNull()
    },
  )

  test('is made in a thread', async () => {
    expect(await soundInThread(buildWav(tone(-10, 1)), WHOLE)).toMatchObject({ seconds: 1 })
  })
})

/** Somebody speaks: bursts of a buzz with its overtones, as loud as given at the loudest, cut off where it goes over full. */
const speaks = (loudest: number, seconds = 6, rate = 16_000) =>
  Float32Array.from({ length: seconds * rate }, (_, at) => {
    const second = at / rate
    const swell =
      Math.max(0, Math.sin(2 * Math.PI * 1.7 * second)) * (0.4 + 0.6 * Math.sin(2 * Math.PI * 0.4 * second) ** 2)
    const buzz = [1, 2, 3, 5, 8].reduce((sum, nth) => sum + Math.sin(2 * Math.PI * 140 * nth * second + nth) / nth, 0)
    return Math.max(-1, Math.min(1, (loudest * swell * buzz) / 1.6))
  })

describe.skipIf(whyNoFfmpeg !== null)(`another program${whyNoFfmpeg ? ` (${whyNoFfmpeg})` : ''}`, () => {
  test.each([
    ['much too quiet', 0.02],
    ['as it should be', 0.3],
    ['too loud', 1],
    ['cut off at full, for the microphone was too near', 12],
  ])(
    'finds a recording of a person that came in %s as loud as the profile wants it, and whole',
    async (_what, loudest) => {
      const made = await makeSound(buildWav(speaks(loudest), 16_000), { ...WHOLE, level: true, trim: true })
      const folder = await mkdtemp(join(tmpdir(), 'loa-sound-'))
      await writeFile(join(folder, 'a.mp3'), made!.bytes)
      const heard = await measured(join(folder, 'a.mp3'))
      await rm(folder, { recursive: true })
      expect(Math.abs(heard.loudness - STANDARD_PROFILE.lufs)).toBeLessThan(0.8)
      expect(Math.abs(heard.loudness - made!.loudness)).toBeLessThan(0.3)
      // MP3 overshoots what was written: EBU R 128 asks for 1 below full, whatever carries it.
      expect(heard.truePeak).toBeLessThanOrEqual(-1)
      expect(heard.clipped).toBe(0)
      expect(Math.abs(heard.seconds - made!.seconds)).toBeLessThan(0.2)
    },
  )
})
