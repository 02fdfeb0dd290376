import exifr from 'exifr'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { makePicture } from './make-picture.ts'
import { pictureMaker } from './picture-worker.ts'

/** A picture of soft waves that differ with the seed, as no two places look the same. */
async function picture(seed: number, width = 640, height = 480): Promise<Buffer> {
  const pixels = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const wave =
        Math.sin((x / width) * (2 + (seed % 7)) * 2 + seed) * Math.cos((y / height) * (1 + (seed % 5)) * 3 - seed * 1.7)
      pixels.fill(Math.round(127 + 120 * wave), (y * width + x) * 3, (y * width + x) * 3 + 3)
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer()
}

function withPlace(jpeg: Buffer): Promise<Buffer> {
  return sharp(jpeg)
    .withExif({
      IFD0: { Copyright: 'Phòng Văn hóa' },
      IFD2: { DateTimeOriginal: '2026:07:30 08:00:00' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '22/1 30/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '103/1 50/1 0/1' },
    })
    .toBuffer()
}

const bitsApart = (one: string, other: string) => [...one].filter((bit, at) => bit !== other[at]).length

describe('a picture', () => {
  test('is shown without a word of its file; its place and day are kept apart', async () => {
    const made = await makePicture(await withPlace(await picture(1)))
    expect(made?.location?.latitude).toBeCloseTo(22.5)
    expect(made?.takenOn).toBe('2026-07-30')
    for (const { bytes } of made?.sizes ?? []) {
      expect(await exifr.gps(bytes).catch(() => undefined)).toBeUndefined()
      expect((await sharp(bytes).metadata()).exif).toBeUndefined()
    }
  })

  test('stands upright whatever way the phone was held', async () => {
    const made = await makePicture(
      await sharp(await picture(2, 640, 400))
        .withMetadata({ orientation: 6 })
        .toBuffer(),
    )
    expect([made?.width, made?.height]).toEqual([400, 640])
    expect(made?.sizes[0]).toMatchObject({ name: 'small', width: 300, height: 480 })
  })

  test('is known again smaller and recompressed; fifty others are not taken for it', async () => {
    const original = await picture(3)
    const likeness = (await makePicture(original))?.likeness ?? ''
    const again = await sharp(original).resize(200).jpeg({ quality: 40 }).toBuffer()
    expect(bitsApart(likeness, (await makePicture(again))?.likeness ?? '')).toBeLessThanOrEqual(8)
    for (let seed = 10; seed < 60; seed += 1) {
      const other = (await makePicture(await picture(seed, 160, 120)))?.likeness ?? ''
      expect(bitsApart(likeness, other), `seed ${seed}`).toBeGreaterThan(8)
    }
  })

  test.each([
    ['cut short', async () => (await picture(4)).subarray(0, 600)],
    ['nothing but its first bytes', async () => Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
    ['none at all', async () => Buffer.from('not a picture')],
    ['too many points', async () => Buffer.from('89504e470d0a1a0a0000000d4948445200030d4000030d400802000000', 'hex')],
  ])('that is %s is told to be broken, in a thread of its own', async (_what, bytes) => {
    expect(await pictureMaker.make(new Uint8Array(await bytes()))).toBeNull()
  })

  test('is made in a thread', async () => {
    expect((await pictureMaker.make(new Uint8Array(await picture(5))))?.sizes).toHaveLength(2)
  })
})
