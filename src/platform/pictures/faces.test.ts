import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { blurFacesIn } from './blur-faces.ts'
import { findFaces } from './find-faces.ts'

const SECONDS = 60_000

/** A photograph of three people that comes with the library. */
const people = () => readFile(new URL(import.meta.resolve('@vladmandic/face-api/demo/sample1.jpg')))

describe('faces', () => {
  test('are none in hills and sky', { timeout: SECONDS }, async () => {
    const [width, height] = [640, 480]
    const points = Buffer.from(
      Array.from({ length: width * height }, (_, at) => {
        const [x, y] = [at % width, Math.floor(at / width)]
        return y > 240 + 90 * Math.sin(x / 90) ? [40, 110, 60] : [150, 190, 230]
      }).flat(),
    )
    const hills = await sharp(points, { raw: { width, height, channels: 3 } })
      .jpeg()
      .toBuffer()
    expect(await findFaces(hills)).toEqual([])
  })

  test(
    'are found; once blurred they are found no more, and the rest of the picture stays',
    { timeout: SECONDS },
    async () => {
      const before = await people()
      const faces = await findFaces(before)
      expect(faces).toHaveLength(3)
      const blurred = await blurFacesIn(before, faces)
      expect(await findFaces(blurred ?? new Uint8Array())).toEqual([])
      const corner = (bytes: Uint8Array) =>
        sharp(bytes).extract({ left: 0, top: 0, width: 40, height: 40 }).greyscale().raw().toBuffer()
      const [old, now] = [await corner(before), await corner(blurred ?? new Uint8Array())]
      expect(Math.max(...old.map((point, at) => Math.abs(point - (now[at] ?? 0))))).toBeLessThan(24)
    },
  )

  test('of what is no picture cannot be blurred', async () => {
    expect(await blurFacesIn(Buffer.from('no picture'), [{ x: 0, y: 0, width: 1, height: 1 }])).toBeNull()
  })
})
