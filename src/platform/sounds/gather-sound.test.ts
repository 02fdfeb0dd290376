import { expect, test } from 'vitest'
import { gatherSound, MOST_SECONDS, piecesOf, TooLong } from './gather-sound.ts'

const RATE = 10
const second = (value: number) => ({ sampleRate: RATE, channelData: [new Float32Array(RATE).fill(value)] })

test('what is decoded piece by piece is one sound, in its order and as one voice', async () => {
  const left = Float32Array.of(1, 0)
  const right = Float32Array.of(0, 1)
  const none = { sampleRate: 0, channelData: [] }
  const wave = await gatherSound([none, { sampleRate: RATE, channelData: [left, right] }, second(0.25), none])
  expect(wave).toEqual({ rate: RATE, samples: Float32Array.of(0.5, 0.5, ...new Float32Array(RATE).fill(0.25)) })
  expect(await gatherSound([none])).toBeNull()
})

test('a file that would decode for ever is given up as soon as it is too long', async () => {
  let asked = 0
  function* bomb() {
    for (;;) {
      asked += 1
      yield second(0)
    }
  }
  await expect(gatherSound(bomb())).rejects.toThrow(TooLong)
  expect(asked).toBe(MOST_SECONDS + 1)
})

test('pieces are the whole', () => {
  expect([...piecesOf([1, 2, 3, 4, 5], 2)]).toEqual([[1, 2], [3, 4], [5]])
  expect([...piecesOf(new Uint8Array(), 2)]).toEqual([])
})
